#include "fleet/run_control.hpp"

#include <algorithm>

namespace redrive::detail {
namespace {

// How long an interrupted run goes on reading the replies to what it has sent.
constexpr std::chrono::seconds grace{2};

} // namespace

run_control::run_control(asio::any_io_executor ex,
                         std::shared_ptr<time_source> time,
                         std::optional<std::chrono::steady_clock::duration> deadline)
    : ex_{std::move(ex)}, time_{std::move(time)} {
    if (!deadline) return;
    deadline_ = time_->now() + *deadline;
    deadline_timer_ = time_->make_timer(ex_);
    deadline_timer_->async_wait_until(*deadline_, [this, alive = alive_](error_code ec) {
        if (!ec && *alive) end(state::expired);
    });
}

run_control::~run_control() {
    *alive_ = false;
}

std::optional<std::chrono::steady_clock::duration> run_control::time_left() const {
    if (!deadline_) return std::nullopt;
    return std::max(*deadline_ - time_->now(), std::chrono::steady_clock::duration::zero());
}

void run_control::interrupt() {
    if (ending()) return;
    end(state::interrupted);
    grace_timer_ = time_->make_timer(ex_);
    grace_timer_->async_wait_until(time_->now() + grace, [this, alive = alive_](error_code ec) {
        if (!ec && *alive) abort_calls();
    });
}

void run_control::end(state why) {
    if (ending()) return;
    state_ = why;
    for (auto& each : members_)
        each.run_ends();
}

void run_control::abort_calls() {
    for (auto& each : members_)
        each.abort_call();
}

errand::errand(run_control& run)
    : run_{run}, timer_{run.time()->make_timer(run.executor())}, admission_{run.executor()} {
    run.join(*this);
}

asio::awaitable<void> errand::pause_until(time_source::steady_time when) {
    if (run_.ending()) co_return;
    co_await net::wait_until(*timer_, when);
}

asio::awaitable<bool> errand::admit(cell& where, flow::call_purpose why, double rank) {
    if (run_.ending()) co_return false;
    where.ask(why, rank, admission_);
    const bool granted = co_await admission_.answer();
    if (granted && run_.ending()) {
        where.finished(why, asio::error::operation_aborted);
        co_return false;
    }
    co_return granted;
}

void errand::run_ends() {
    timer_->cancel();
    admission_.stop_waiting();
}

} // namespace redrive::detail
