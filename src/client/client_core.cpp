#include "client/client_core.hpp"

#include <boost/asio/associated_executor.hpp>

#include <algorithm>

#include "client/call_report.hpp"
#include "client/setup.hpp"

namespace redrive::detail {
namespace {

error_code reason_to_error(stop_reason why) {
    switch (why) {
    case stop_reason::none: return {};
    case stop_reason::cancelled: return asio::error::operation_aborted;
    case stop_reason::deadline: return client_errc::deadline_exceeded;
    case stop_reason::closed: return client_errc::client_closed;
    }
    return {};
}

error_code stopped(const pending_call& self, call_phase where, diagnostics& info) {
    info.phase = where;
    return reason_to_error(self.reason());
}

error_code report(const setup_error& error, diagnostics& info) {
    info.phase = error.phase;
    info.message = error.message;
    return error.ec;
}

} // namespace

client_core::client_core(asio::any_io_executor ex, client_config config)
    : ex_{std::move(ex)}, time_{config.time ? config.time : real_time_source()},
      config_{std::move(config)}, random_{std::random_device{}()} {}

client_core::client_core(std::shared_ptr<net::transport> transport, client_setup setup)
    : ex_{transport->executor()}, time_{transport->time()}, setup_{std::move(setup)},
      transport_{std::move(transport)}, random_{std::random_device{}()} {}

void client_core::close() {
    closed_ = true;
    const auto ending = calls_; // each removes itself
    for (const auto& each : ending)
        each->stop(stop_reason::closed);
}

void client_core::add(const std::shared_ptr<pending_call>& call) {
    calls_.push_back(call);
    if (closed_) call->stop(stop_reason::closed);
}

void client_core::remove(const pending_call& call) {
    const auto at = std::find_if(
        calls_.begin(), calls_.end(), [&](const auto& each) { return each.get() == &call; });
    if (at != calls_.end()) calls_.erase(at);
}

std::optional<setup_error> client_core::prepare() {
    if (pool_) return std::nullopt;
    if (!setup_) {
        auto resolved = resolve_setup(config_);
        if (auto* bad = std::get_if<setup_error>(&resolved)) return std::move(*bad);
        setup_ = std::move(std::get<client_setup>(resolved));
    }
    if (!transport_)
        transport_ =
            std::make_shared<net::transport>(ex_, time_, transport_config_from(config_.transport));
    const auto pool = transport_->pool_for(setup_->target, setup_->ca_bundle);
    if (pool.ec) return setup_error{pool.ec, call_phase::tls, pool.detail};
    pool_ = pool.found;
    signing_.request.target = setup_->target;
    signing_.request.region = setup_->region;
    signing_.request.user_agent = setup_->user_agent;
    signing_.request.trace_id = setup_->trace_id;
    if (!setup_->correct_clock_skew) signing_.skew.disable();
    return std::nullopt;
}

asio::awaitable<std::optional<setup_error>> client_core::load_credentials() {
    using loaded = auth::result<auth::loaded_credentials>;
    auto result = co_await asio::async_initiate<decltype(asio::use_awaitable), void(loaded)>(
        [this](auto handler) { setup_->provider->async_load(ex_, std::move(handler)); },
        asio::use_awaitable);
    if (!result)
        co_return setup_error{result.error().code, call_phase::credentials, result.error().message};
    signing_.keys = std::move(result->keys);
    have_keys_ = true;
    co_return std::nullopt;
}

asio::awaitable<error_code> client_core::perform(request what,
                                                 diagnostics& info,
                                                 const pending_call& self) {
    if (self.reason() != stop_reason::none) co_return stopped(self, call_phase::configure, info);
    if (auto bad = prepare()) co_return report(*bad, info);
    if (!have_keys_) {
        const auto bad = co_await load_credentials();
        if (self.reason() != stop_reason::none)
            co_return stopped(self, call_phase::credentials, info);
        if (bad) co_return report(*bad, info);
    }
    call one{signing_,
             ex_,
             what.op,
             setup_->account_lane,
             std::move(what.body),
             what.sink,
             new_invocation_id()};
    co_return co_await run_attempts(one, what, info, self);
}

asio::awaitable<error_code> client_core::run_attempts(call& one,
                                                      const request& what,
                                                      diagnostics& info,
                                                      const pending_call& self) {
    auto rules = setup_->retry;
    if (what.max_attempts != 0) rules.max_attempts = what.max_attempts;
    flow::retry_course course{rules, quota_};
    std::unique_ptr<time_source::timer> pause;
    info.address = setup_->target.authority();
    while (true) {
        const auto number = course.attempt();
        const auto how = co_await one.attempt(*pool_, number, rules.max_attempts);
        record(how, one, number, info);
        if (self.reason() != stop_reason::none && how != call::ending::answered)
            co_return reason_to_error(self.reason());
        const auto ec = error_of(how, one);
        // A Start that may have been applied is never sent again: the caller lists first.
        if (ec && !wire::is_safe_to_resend(what.op) && info.maybe_applied)
            co_return how == call::ending::lost ? make_error_code(client_errc::undecided) : ec;
        const auto next = course.judge(result_of(how, one), random_unit(), one.retry_after());
        if (next.outcome != flow::retry_outcome::retry) co_return ec;
        if (!pause) pause = time_->make_timer(ex_);
        co_await net::wait_until(*pause, time_->now() + next.delay);
        if (self.reason() != stop_reason::none) co_return stopped(self, call_phase::backoff, info);
    }
}

// A version 4 UUID (RFC 9562 section 5.4).
std::array<char, 36> client_core::new_invocation_id() {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::array<char, 36> id;
    std::uint64_t bits = 0;
    for (std::size_t i = 0, used = 0; i < id.size(); ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            id[i] = '-';
            continue;
        }
        if (used % 16 == 0) bits = random_();
        id[i] = digits[bits & 0x0f];
        bits >>= 4;
        ++used;
    }
    id[14] = '4';
    id[19] = digits[8 + (random_() & 3)];
    return id;
}

double client_core::random_unit() {
    return std::generate_canonical<double, 53>(random_);
}

} // namespace redrive::detail
