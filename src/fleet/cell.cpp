#include "fleet/cell.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace redrive::detail {
namespace {

// A fast rate admits several calls at once rather than each at its own moment.
constexpr time_source::steady_time::duration grain = std::chrono::milliseconds{2};

} // namespace

bool is_reply(const error_code& ec) noexcept {
    return !ec || ec.category() == service_category() || ec == client_errc::reply_malformed ||
           ec == client_errc::reply_too_large;
}

admission_request::~admission_request() {
    if (waits_at_) waits_at_->leave(*this);
}

void admission_request::stop_waiting() {
    if (!waits_at_) return;
    waits_at_->leave(*this);
    admitted(false);
}

asio::awaitable<bool> admission_wait::answer() {
    while (!answer_)
        co_await wake_.wait();
    co_return *std::exchange(answer_, std::nullopt);
}

void admission_wait::admitted(bool granted) {
    answer_ = granted;
    wake_.notify();
}

cell::cell(client sqs,
           std::shared_ptr<time_source> time,
           flow::admission gate,
           std::string identity_name,
           std::string account_id,
           std::string region_name,
           std::string partition_name)
    : identity{std::move(identity_name)}, region{std::move(region_name)},
      partition{std::move(partition_name)}, account{std::move(account_id)}, sqs_{std::move(sqs)},
      time_{std::move(time)}, gate_{std::move(gate)}, pump_timer_{
                                                          time_->make_timer(sqs_.get_executor())} {}

cell::~cell() {
    *alive_ = false;
    auto waiting = std::exchange(waiting_, {});
    std::erase(waiting, nullptr);
    for (auto* call : waiting)
        call->waits_at_ = nullptr;
    for (auto* call : waiting)
        call->admitted(false);
}

void cell::ask(flow::call_purpose why, double rank, admission_request& call) {
    call.waits_at_ = this;
    call.ticket_ = gate_.wait(why, rank);
    if (call.ticket_ >= waiting_.size()) waiting_.resize(call.ticket_ + 1);
    waiting_[call.ticket_] = &call;
    pump();
}

void cell::leave(admission_request& call) {
    gate_.withdraw(call.ticket_);
    waiting_[call.ticket_] = nullptr;
    call.waits_at_ = nullptr;
}

void cell::pump() {
    const auto now = time_->now();
    while (const auto ticket = gate_.next(now)) {
        auto& call = *std::exchange(waiting_[*ticket], nullptr);
        call.waits_at_ = nullptr;
        call.admitted(true);
    }
    if (const auto pause = gate_.pause()) pump_at(now + std::max(*pause, grain));
}

// A timer that rings too early costs less than setting it anew for each call that asks.
void cell::pump_at(time_source::steady_time when) {
    if (pump_set_for_ && *pump_set_for_ <= when) return;
    pump_set_for_ = when;
    pump_timer_->async_wait_until(when, [this, alive = alive_](error_code ec) {
        if (ec || !*alive) return;
        pump_set_for_.reset();
        pump();
    });
}

void cell::finished(flow::call_purpose why, const error_code& ec) {
    const auto now = time_->now();
    ++stats_.calls;
    if (ec == service_errc::throttled) {
        ++stats_.throttled;
        patience_.throttled(why, now);
        gate_.finished(why, flow::admission::reply::throttled, now);
    } else if (is_reply(ec)) {
        heard_from_ = true;
        patience_.admitted(why, now);
        gate_.finished(why, flow::admission::reply::admitted, now);
    } else {
        if (ec.category() == client_category()) patience_.silent(now);
        gate_.finished(why, flow::admission::reply::none, now);
    }
    pump();
}

flow::patience::verdict cell::judge(flow::call_purpose why, time_source::steady_time since) const {
    return patience_.judge(why, since, time_->now());
}

} // namespace redrive::detail
