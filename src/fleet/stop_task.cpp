#include "fleet/stop_task.hpp"

#include <algorithm>
#include <limits>

#include "fleet/queue_owner.hpp"

namespace redrive::detail {
namespace {

constexpr std::size_t most_request_ids = 8;

flow::stop_verdict::goal goal_of(stop_options::proof how) noexcept {
    switch (how) {
    case stop_options::proof::verify: return flow::stop_verdict::goal::stop;
    case stop_options::proof::order_only: return flow::stop_verdict::goal::order;
    case stop_options::proof::verify_only: return flow::stop_verdict::goal::verify;
    }
    return flow::stop_verdict::goal::stop;
}

flow::stop_verdict::subject subject_of(const target& what) {
    flow::stop_verdict::subject out;
    if (what.handle) out.handle = what.handle->text();
    out.can_list = what.source.has_value();
    out.started = what.started;
    out.listed = what.listed;
    return out;
}

flow::stop_verdict::limits limits_of(const stop_options& options) {
    flow::stop_verdict::limits out;
    out.verify_timeout = options.verify_timeout();
    return out;
}

void keep_request_id(target_outcome& out, const std::string& id) {
    if (id.empty()) return;
    if (out.request_ids.size() == most_request_ids) out.request_ids.erase(out.request_ids.begin());
    out.request_ids.push_back(id);
}

} // namespace

stop_task::stop_task(fleet_core& core,
                     cell& where,
                     errand& work,
                     const target& what,
                     const stop_options& options,
                     target_outcome& out)
    : core_{core}, where_{where}, work_{work}, what_{what}, out_{out}, time_{*work.run().time()},
      course_{subject_of(what), goal_of(options.proven_by()), limits_of(options), time_.now()},
      rank_{what.listed ? what.listed->damage() : std::numeric_limits<double>::max()},
      began_{time_.now()} {}

asio::awaitable<void> stop_task::perform() {
    const bool source_known = co_await learn_source();
    while (source_known) {
        if (work_.run().ending()) give_up(trouble_);
        const auto step = course_.next(time_.now(), core_.random_unit());
        if (step == flow::stop_verdict::step::done) break;
        if (step == flow::stop_verdict::step::order) co_await order();
        if (step == flow::stop_verdict::step::read) co_await read();
        if (step == flow::stop_verdict::step::wait) co_await work_.pause_until(course_.resume_at());
    }
    fill();
}

asio::awaitable<bool> stop_task::learn_source() {
    if (!what_.source) co_return true;
    auto found = co_await find_owner(*what_.source, where_, work_, core_.random_unit());
    if (found.ec) {
        course_.reading_failed(time_.now(), found.ec, found.info);
        after_call(flow::call_purpose::search_page, found.ec, found.info);
        give_up(trouble_);
        co_return false;
    }
    source_arn_ = to_string(found.source);
    out_.source_arn = source_arn_;
    out_.account = found.source.account;
    co_return true;
}

asio::awaitable<void> stop_task::order() {
    const auto handle = task_handle::from_text(course_.handle());
    const bool admitted = co_await work_.admit(where_, flow::call_purpose::order, rank_);
    if (!admitted) co_return not_admitted(flow::call_purpose::order);
    const auto wall = time_.wall_now();
    if (!out_.ordered_at) {
        out_.ordered_at = wall;
        ++core_.counters.ordered;
    }
    course_.ordered(time_.now(), wall + where_.sqs().clock_skew());
    auto reply = co_await where_.sqs().async_cancel(
        *handle, work_.within_run(cancel_options{}.max_attempts(1)), work_.token());
    auto& [ec, result] = reply;
    where_.finished(flow::call_purpose::order, ec);
    out_.attempts += 1 + result.info.resent;
    out_.resent += result.info.resent;
    keep_request_id(out_, result.info.request_id);
    if (!ec) {
        forget_trouble();
        out_.accepted_at = time_.wall_now();
        ++core_.counters.accepted;
        course_.accepted(time_.now(), result.moved, result.info.maybe_applied);
        co_return;
    }
    // Given up by the run itself, in the middle of it: the service may have it.
    if (work_.run().ending() && !is_reply(ec)) result.info.maybe_applied = true;
    course_.refused(time_.now(), ec, result.info);
    after_call(flow::call_purpose::order, ec, result.info);
}

asio::awaitable<void> stop_task::read() {
    const bool admitted = co_await work_.admit(where_, flow::call_purpose::proof, 0);
    if (!admitted) co_return not_admitted(flow::call_purpose::proof);
    auto reply = co_await where_.sqs().async_list_tasks(
        source_arn_, work_.within_run(list_tasks_options{}.max_attempts(1)), work_.token());
    auto& [ec, result] = reply;
    where_.finished(flow::call_purpose::proof, ec);
    keep_request_id(out_, result.info.request_id);
    if (!ec) {
        forget_trouble();
        course_.read(time_.now(), result.tasks);
        rank_by(result.tasks);
        co_return;
    }
    course_.reading_failed(time_.now(), ec, result.info);
    after_call(flow::call_purpose::proof, ec, result.info);
}

// A queue's task is known by now: it takes its place among the others by the harm it does.
void stop_task::rank_by(const std::vector<move_task>& tasks) {
    if (out_.ordered_at) return;
    for (const auto& each : tasks)
        if (!each.handle.empty() && each.handle == course_.handle()) rank_ = each.damage();
}

// The run ended while it waited for its turn.
void stop_task::not_admitted(flow::call_purpose why) {
    if (work_.run().now_is() != run_control::state::expired || !where_.is_throttled(why)) return;
    trouble_ = outcome::throttled;
    trouble_ec_ = service_errc::throttled;
}

void stop_task::forget_trouble() {
    trouble_ = outcome::unknown;
    trouble_ec_ = {};
    trouble_info_ = {};
}

void stop_task::after_call(flow::call_purpose why, const error_code& ec, const diagnostics& info) {
    if (ec == asio::error::operation_aborted) return; // given up by ourselves: no fault of theirs
    switch (flow::call_fault_of(ec, info)) {
    case flow::call_fault::throttled: trouble_ = outcome::throttled; break;
    case flow::call_fault::unreachable: trouble_ = outcome::unreachable; break;
    case flow::call_fault::denied: trouble_ = outcome::denied; break;
    case flow::call_fault::no_such_thing: trouble_ = outcome::not_found; break;
    case flow::call_fault::useless:
    case flow::call_fault::not_active:
    case flow::call_fault::junk:
    case flow::call_fault::rejected: trouble_ = outcome::unknown; break;
    }
    trouble_ec_ = ec;
    trouble_info_ = info;
    if (work_.run().has_deadline()) return;
    switch (where_.judge(why, began_)) {
    case flow::patience::verdict::go_on: break;
    case flow::patience::verdict::unreachable: give_up(outcome::unreachable); break;
    case flow::patience::verdict::throttled: give_up(outcome::throttled); break;
    }
}

void stop_task::give_up(outcome why) {
    course_.gave_up(time_.now(), why, trouble_ec_, trouble_info_);
}

void stop_task::fill() {
    const auto& result = course_.result();
    out_.is = result.is;
    out_.rests_on = result.rests_on;
    out_.status = result.status.text();
    out_.started = result.started ? result.started : what_.started;
    out_.moved_at_list = result.moved_at_list;
    out_.moved_at_cancel = result.moved_at_cancel;
    out_.moved_at_stop = result.moved_at_stop;
    out_.replaced = result.replaced;
    out_.ec = result.error;
    out_.info = result.why;
    out_.hint = result.hint;
    if (result.is == outcome::stopped || result.is == outcome::already_finished ||
        result.is == outcome::not_running)
        out_.confirmed_at = time_.wall_now();
}

} // namespace redrive::detail
