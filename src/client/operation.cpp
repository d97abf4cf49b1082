#include "client/operation.hpp"

#include <boost/asio/error.hpp>

#include <string>
#include <utility>

#include "client/call_report.hpp"
#include "client/client_core.hpp"

namespace redrive::detail {
namespace {

constexpr std::size_t most_attempts_kept = 8;

} // namespace

error_code error_of(stop_reason why) noexcept {
    switch (why) {
    case stop_reason::cancelled: return boost::asio::error::operation_aborted;
    case stop_reason::deadline: return client_errc::deadline_exceeded;
    case stop_reason::closed: return client_errc::client_closed;
    }
    return client_errc::client_closed;
}

operation::operation(client_core& core,
                     call_request what,
                     std::uint32_t max_attempts,
                     diagnostics& info)
    : call{core.context(), core.account_lane(), std::move(what), core.new_invocation_id()},
      core_{core}, info_{info}, max_attempts_{max_attempts} {}

void operation::start(std::optional<std::chrono::steady_clock::duration> deadline) {
    core_.add(*this);
    began_ = core_.time().now();
    if (core_.observer()) number_ = core_.next_call_number();
    if (core_.is_closed()) return stop(stop_reason::closed);
    if (deadline) arm_deadline(*deadline);
    proceed();
}

void operation::arm_deadline(std::chrono::steady_clock::duration from_now) {
    const auto now = core_.time().now();
    if (from_now >= std::chrono::steady_clock::time_point::max() - now) return;
    deadline_timer_ = core_.time().make_timer(core_.executor());
    deadline_timer_->async_wait_until(now + from_now, [weak = weak_from_this()](error_code ec) {
        const auto self = weak.lock();
        if (!ec && self) self->stop(stop_reason::deadline);
    });
}

void operation::proceed() {
    if (const auto bad = core_.prepare()) return refuse(*bad);
    if (core_.has_credentials()) return try_once();
    state_ = state::loading;
    core_.load_credentials();
}

void operation::credentials_ready(const setup_error* failure) {
    if (state_ != state::loading) return;
    if (failure) return refuse(*failure);
    if (has_waited_for_other_keys_ && core_.keys_number() == keys_used_)
        return finish(service_errc::expired_credentials); // there are no others
    try_once();
}

void operation::try_once() {
    if (const auto wait = core_.wait_for_turn(); wait.count() > 0) return pause(wait);
    if (!course_) course_.emplace(core_.rules(max_attempts_), core_.quota());
    attempt_began_ = state_ == state::created ? began_ : core_.time().now();
    state_ = state::trying;
    keys_used_ = core_.keys_number();
    if (number_) take_times();
    if (!begin(core_.carrier(), course_->attempt(), course_->max_attempts())) judge(ending::full);
}

void operation::ended(ending how) {
    judge(how);
}

void operation::judge(ending how) {
    const bool was_answered = !request_id().empty();
    record(how, *this, course_->attempt(), info_);
    const auto ec = error_of(how, *this);
    if (ec) info_.address = core_.address();
    // A Start that may have been applied is never sent again: the caller lists first.
    if (ec && !wire::is_safe_to_resend(op()) && info_.maybe_applied) {
        tell_attempt(ec, std::nullopt);
        return finish(how == ending::lost ? make_error_code(client_errc::undecided) : ec);
    }
    if (ec == service_errc::expired_credentials && wait_for_other_keys(was_answered)) return;
    const auto result = result_of(how, *this);
    core_.learn(result);
    const auto next = course_->judge(result, core_.random_unit(), retry_after());
    const bool again = next.outcome == flow::retry_outcome::retry || is_to_be_redated(next.outcome);
    tell_attempt(ec, again ? std::optional{next.delay} : std::nullopt);
    if (!again) return finish(ec);
    keep_attempt(ec, was_answered, next.delay);
    pause(next.delay);
}

void operation::keep_attempt(error_code ec, bool was_answered, std::chrono::milliseconds pause) {
    auto& earlier = info_.earlier;
    if (earlier.size() == most_attempts_kept) earlier.erase(earlier.begin());
    earlier.push_back({ec,
                       info_.code,
                       was_answered ? info_.request_id : std::string{},
                       info_.phase,
                       elapsed_since(attempt_began_),
                       pause});
}

std::chrono::microseconds operation::elapsed_since(time_source::steady_time then) const {
    return std::chrono::duration_cast<std::chrono::microseconds>(core_.time().now() - then);
}

void operation::pause(std::chrono::milliseconds delay) {
    state_ = state::pausing;
    if (!pause_timer_) pause_timer_ = core_.time().make_timer(core_.executor());
    pause_timer_->async_wait_until(core_.time().now() + delay,
                                   [weak = weak_from_this()](error_code ec) {
                                       const auto self = weak.lock();
                                       if (!ec && self && self->state_ == state::pausing)
                                           self->proceed();
                                   });
}

bool operation::is_to_be_redated(flow::retry_outcome after) noexcept {
    if (after != flow::retry_outcome::max_attempts || !clock_skewed()) return false;
    return core_.redates_once_more() && !std::exchange(was_redated_, true);
}

bool operation::wait_for_other_keys(bool was_answered) {
    if (std::exchange(has_waited_for_other_keys_, true)) return false;
    core_.refused_credentials(keys_used_);
    tell_attempt(service_errc::expired_credentials, std::chrono::milliseconds{0});
    keep_attempt(service_errc::expired_credentials, was_answered, std::chrono::milliseconds{0});
    proceed();
    return true;
}

void operation::stop(stop_reason why) {
    if (is_over()) return;
    if (state_ == state::trying) {
        withdraw();
        record(ending::withdrawn, *this, course_->attempt(), info_);
        info_.address = core_.address();
        tell_attempt(error_of(why), std::nullopt);
    } else {
        info_.phase = phase();
    }
    finish(error_of(why));
}

call_phase operation::phase() const noexcept {
    switch (state_) {
    case state::created: return call_phase::configure;
    case state::loading: return call_phase::credentials;
    case state::trying: return withdrawn_in();
    case state::pausing: return call_phase::backoff;
    case state::over: return call_phase::none;
    }
    return call_phase::none;
}

void operation::refuse(const setup_error& why) {
    info_.phase = why.phase;
    info_.message = why.message;
    finish(why.ec);
}

void operation::finish(error_code ec) {
    ec_ = ec;
    state_ = state::over;
    pause_timer_.reset();
    deadline_timer_.reset();
    if (ec || !info_.earlier.empty()) info_.elapsed = elapsed_since(began_);
    if (number_) tell_call();
    core_.finished(*this);
}

void operation::tell_attempt(error_code ec, std::optional<std::chrono::milliseconds> pause) {
    if (!number_) return;
    core_.observer()->attempt_ended({*number_,
                                     wire::to_string(op()),
                                     core_.address(),
                                     attempt(),
                                     attempt_began_,
                                     staged_at(),
                                     core_.time().now(),
                                     ec,
                                     info_,
                                     pause});
}

void operation::tell_call() {
    core_.observer()->call_ended(
        {*number_, wire::to_string(op()), core_.address(), began_, core_.time().now(), ec_, info_});
}

} // namespace redrive::detail
