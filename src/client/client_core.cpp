#include "client/client_core.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "client/setup.hpp"
#include "client/warming.hpp"
#include "core/credential_words.hpp"
#include "wire/uuid.hpp"

namespace redrive::detail {
namespace asio = boost::asio;

namespace {

flow::adaptive_rate::seconds seconds_of(time_source::steady_time at) {
    return at.time_since_epoch();
}

std::optional<setup_error> why_unusable(const auth::result<auth::loaded_credentials>& loaded) {
    if (!loaded)
        return setup_error{loaded.error().code, call_phase::credentials, loaded.error().message};
    const auto part = part_that_cannot_sign(loaded->keys);
    if (part.empty()) return std::nullopt;
    return setup_error{client_errc::bad_configuration,
                       call_phase::sign,
                       "the " + std::string{part} +
                           " is empty, too long, or holds blanks or control characters"};
}

} // namespace

client_core::client_core(asio::any_io_executor ex, client_config config)
    : ex_{std::move(ex)}, time_{config.time ? config.time : real_time_source()},
      config_{std::move(config)}, observer_{config_.observer}, random_{std::random_device{}()} {}

client_core::client_core(std::shared_ptr<net::transport> transport, client_setup setup)
    : ex_{transport->executor()}, time_{setup.time ? setup.time : transport->time()},
      setup_{std::move(setup)}, transport_{std::move(transport)}, observer_{setup_->observer},
      random_{std::random_device{}()} {}

void client_core::close() {
    closed_ = true;
    const auto ending = calls_; // each leaves it
    for (const auto& each : ending)
        each->stop(stop_reason::closed);
    const auto warming = warming_;
    for (const auto& each : warming)
        each->stop(stop_reason::closed);
}

void client_core::warm(const std::shared_ptr<warming>& one) {
    warming_.push_back(one);
    closed_ ? one->stop(stop_reason::closed) : one->start();
}

std::shared_ptr<warming> client_core::release(const warming& one) {
    const auto at = std::find_if(
        warming_.begin(), warming_.end(), [&](const auto& each) { return each.get() == &one; });
    auto out = std::move(*at);
    warming_.erase(at);
    return out;
}

std::vector<endpoint_metrics> client_core::endpoints() const {
    return transport_ ? transport_->endpoints() : std::vector<endpoint_metrics>{};
}

void client_core::add(operation& call) {
    call.place_ = calls_.size();
    calls_.push_back(call.shared_from_this());
}

void client_core::finished(operation& call) {
    const auto place = call.place_;
    finished_.push_back(std::move(calls_[place]));
    if (place + 1 != calls_.size()) {
        calls_[place] = std::move(calls_.back());
        calls_[place]->place_ = place;
    }
    calls_.pop_back();
    complete_soon();
}

void client_core::complete_soon() {
    if (std::exchange(completing_, true)) return;
    asio::post(ex_, [self = shared_from_this()] { self->complete_finished(); });
}

void client_core::complete_finished() {
    completing_ = false;
    std::swap(leaving_, finished_);
    for (auto at = leaving_.begin(); at != leaving_.end(); ++at) {
        const auto call = std::move(*at); // its memory may serve whatever its handler begins
        try {
            call->complete();
        } catch (...) { // of a handler: it goes to whoever runs the context, and the others go on
            finished_.insert(finished_.begin(),
                             std::make_move_iterator(std::next(at)),
                             std::make_move_iterator(leaving_.end()));
            leaving_.clear();
            if (!finished_.empty()) complete_soon();
            throw;
        }
    }
    leaving_.clear();
}

std::optional<setup_error> client_core::prepare() {
    if (carrier_) return std::nullopt;
    if (!setup_) {
        auto resolved = resolve_setup(config_, ex_, time_);
        if (auto* bad = std::get_if<setup_error>(&resolved)) return std::move(*bad);
        setup_ = std::move(std::get<client_setup>(resolved));
        setup_->service = config_.service;
        setup_->signing = config_.signing;
    }
    wire::request_context common{
        setup_->target, setup_->region, setup_->agent.text(), setup_->trace_id};
    if (setup_->service) {
        scripted_ = std::make_shared<scripted_exchanges>(ex_, time_, setup_->service);
        carrier_ = scripted_.get();
    } else if (auto bad = open_transport(common)) {
        return bad;
    }
    context_.requests.use(std::move(common));
    if (setup_->signing) context_.signing.emplace(setup_->signing);
    if (!setup_->correct_clock_skew) context_.skew.disable();
    if (setup_->is_adaptive) rate_.emplace(seconds_of(time_->now()));
    return std::nullopt;
}

std::optional<setup_error> client_core::open_transport(wire::request_context& common) {
    if (!transport_)
        transport_ =
            std::make_shared<net::transport>(ex_, time_, transport_config_from(config_.transport));
    const auto pool = transport_->pool_for(setup_->target, setup_->ca_bundle);
    if (pool.ec) return setup_error{pool.ec, pool.phase, pool.detail};
    carrier_ = pool_ = pool.found;
    if (const auto& target = pool.found->target(); target.asks_in_absolute_form()) {
        common.absolute_prefix = "http://" + setup_->target.authority();
        common.proxy_authorization = target.proxy->address.authorization;
    }
    return std::nullopt;
}

void client_core::load_credentials() {
    if (std::exchange(loading_keys_, true)) return;
    setup_->provider->async_load(
        ex_, [weak = weak_from_this()](auth::result<auth::loaded_credentials> result) {
            if (const auto self = weak.lock()) self->loaded(std::move(result));
        });
}

void client_core::loaded(auth::result<auth::loaded_credentials> result) {
    loading_keys_ = false;
    auto failure = why_unusable(result);
    if (!failure) use(*std::move(result));
    const auto waiting = calls_; // each may leave it
    for (const auto& each : waiting)
        each->credentials_ready(failure ? &*failure : nullptr);
    const auto warming = warming_;
    for (const auto& each : warming)
        each->credentials_ready(failure ? &*failure : nullptr);
}

bool client_core::has_credentials() {
    if (!keys_) return false;
    if (!keys_expire_) return true;
    const auto state = keys_age_.at(time_->wall_now());
    if (state != flow::credential_age::state::fresh) load_credentials();
    return state != flow::credential_age::state::over;
}

void client_core::use(auth::loaded_credentials found) {
    const bool known = keys_ && keys_->access_key_id == found.keys.access_key_id;
    const auto now = time_->wall_now();
    keys_expire_ = found.usable_until.has_value();
    // Who keeps them did not think it time yet: it is asked again later.
    known ? keys_age_.refresh_failed(now, random_unit())
          : keys_age_.loaded(found.usable_until, now, random_unit());
    if (found.keys.access_key_id != refused_key_) ++keys_number_;
    keys_ = found.keys;
    context_.requests.use_agent(setup_->agent.text(found.features));
    context_.requests.use(std::move(found.keys));
}

void client_core::refused_credentials(std::uint64_t keys_number) {
    if (keys_number != keys_number_ || !keys_) return; // there are newer ones already
    setup_->provider->refused(*keys_);
    refused_key_ = keys_->access_key_id;
    keys_.reset();
}

std::uint32_t client_core::account_lane() const noexcept {
    return setup_ ? setup_->account_lane : 0;
}

std::string client_core::address() const {
    return setup_ ? setup_->target.authority() : std::string{};
}

flow::retry_config client_core::rules(std::uint32_t max_attempts) const {
    auto out = setup_->retry;
    if (max_attempts != 0) out.max_attempts = max_attempts;
    return out;
}

std::chrono::milliseconds client_core::wait_for_turn() {
    if (!rate_) return std::chrono::milliseconds{0};
    return std::chrono::ceil<std::chrono::milliseconds>(rate_->acquire(seconds_of(time_->now())));
}

void client_core::learn(const flow::attempt_result& result) {
    if (!rate_) return;
    const bool throttled = flow::classify(result) == flow::retry_class::throttling;
    rate_->replied(seconds_of(time_->now()), throttled);
}

std::array<char, 36> client_core::new_invocation_id() {
    std::array<std::uint64_t, 2> bits;
    for (auto& half : bits)
        half = random_();
    return wire::uuid_v4(bits);
}

double client_core::random_unit() {
    return std::generate_canonical<double, 53>(random_);
}

} // namespace redrive::detail
