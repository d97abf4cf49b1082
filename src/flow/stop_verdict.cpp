#include "flow/stop_verdict.hpp"

#include "flow/stop_hint.hpp"

#include <algorithm>
#include <utility>

namespace redrive::flow {
namespace {

using kind = task_status::kind;
using std::chrono::duration_cast;

// Some services lose an accepted order: a task that runs on for so long is ordered once more.
constexpr std::chrono::seconds lost_order_after{5};

constexpr double pause_growth = 1.6;

// A fifth to either side.
double jitter(double random) {
    return 0.8 + 0.4 * std::clamp(random, 0.0, 1.0);
}

stop_verdict::duration scaled(stop_verdict::duration value, double factor) {
    return duration_cast<stop_verdict::duration>(
        std::chrono::duration<double, stop_verdict::duration::period>(
            static_cast<double>(value.count()) * factor));
}

bool has_error(outcome value) {
    return value != outcome::stopped && value != outcome::already_finished &&
           value != outcome::not_running;
}

bool knows_start(const move_task& task) {
    return task.started != stop_verdict::wall_time{};
}

} // namespace

stop_verdict::stop_verdict(subject what, goal why, limits bounds, time now)
    : can_list_{what.can_list}, goal_{why}, limits_{bounds}, next_pause_{bounds.first_reading} {
    us_.handle = std::move(what.handle);
    us_.started = what.started;
    if (what.listed) {
        verdict_.moved_at_list = what.listed->moved;
        verdict_.status = what.listed->status;
        if (us_.handle.empty()) us_.handle = what.listed->handle;
        if (!us_.started && knows_start(*what.listed)) us_.started = what.listed->started;
    }
    verdict_.started = us_.started;
    again(goal_ == goal::verify || us_.handle.empty() ? phase::finding : phase::ordering, now, {});
    if (goal_ == goal::verify) start_proof(now);
    if (phase_ == phase::finding && !can_list_) finish(outcome::unknown, hint::nothing_to_read);
}

stop_verdict::step stop_verdict::next(time now, double random) {
    if (phase_ == phase::done) return step::done;
    if (!drawn_) {
        drawn_ = true;
        resume_at_ = wait_from_ + std::min(scaled(pause_, jitter(random)), limits_.longest_pause);
        // The last reading comes when the time is up, not after it.
        if (give_up_at_) resume_at_ = std::min(resume_at_, std::max(*give_up_at_, wait_from_));
    }
    if (now < resume_at_) return step::wait;
    return phase_ == phase::ordering ? step::order : step::read;
}

void stop_verdict::again(phase what, time now, duration pause) {
    phase_ = what;
    wait_from_ = now;
    pause_ = pause;
    drawn_ = false;
}

stop_verdict::duration stop_verdict::grow_pause() {
    const duration pause = std::min(next_pause_, limits_.longest_pause);
    next_pause_ = std::min(scaled(pause, pause_growth), limits_.longest_pause);
    return pause;
}

void stop_verdict::start_proof(time from) {
    if (std::exchange(proof_started_, true)) return;
    give_up_at_ = from + limits_.verify_timeout;
}

void stop_verdict::start_patience(time from) {
    if (!give_up_at_) give_up_at_ = from + limits_.verify_timeout;
}

bool stop_verdict::expired(time now) const {
    return give_up_at_ && now >= *give_up_at_;
}

// --- orders

void stop_verdict::ordered(time now, wall_time at) {
    if (phase_ == phase::done) return;
    if (!us_.ordered) us_.ordered = at;
    verdict_.was_ordered = true;
    last_order_ = now;
    last_ordered_ = us_.handle;
    in_flight_ = true;
}

void stop_verdict::accepted(time now, std::int64_t moved, bool maybe_applied_before) {
    if (phase_ == phase::done) return;
    in_flight_ = false;
    possibly_applied_ |= maybe_applied_before;
    refusal_.reset();
    us_.called_over = false;
    if (!std::exchange(verdict_.was_accepted, true)) {
        verdict_.moved_at_cancel = moved;
        accepted_at_ = now;
        start_proof(last_order_);
    }
    if (goal_ == goal::order) return finish(outcome::accepted);
    if (!can_list_) return finish(outcome::accepted, hint::nothing_to_read);
    next_pause_ = limits_.first_reading;
    again(phase::proving, now, grow_pause());
}

void stop_verdict::refused(time now, error_code ec, const diagnostics& why) {
    if (phase_ == phase::done) return;
    in_flight_ = false;
    possibly_applied_ |= why.maybe_applied;
    if (verdict_.was_accepted) return read_on(now); // nothing takes an acceptance back
    refusal_ = failure{ec, why};
    const auto fault = call_fault_of(ec, why);
    switch (fault) {
    case call_fault::throttled:
        if (!proof_started_) give_up_at_.reset();
        return order_again(now);
    case call_fault::unreachable: return answer_lost(now);
    case call_fault::useless: possibly_applied_ = true; return answer_lost(now);
    case call_fault::denied: return finish(outcome::denied, denied_hint(ec, why, need::to_cancel));
    case call_fault::junk:
        if (!us_.started) return finish(outcome::invalid, hint::junk_handle);
        return read_after_refusal(now);
    case call_fault::no_such_thing:
    case call_fault::not_active: us_.called_over = true; [[fallthrough]];
    case call_fault::rejected:
        if (!can_list_) return refused_without_list(fault);
        return read_after_refusal(now);
    }
}

// Sending again is safe, and usually yields an answer; where answers get lost for good, the list
// may show what the orders did.
void stop_verdict::answer_lost(time now) {
    if (!possibly_applied_) return order_again(now);
    start_patience(now);
    std::exchange(lost_before_, true) && can_list_ ? read_on(now) : order_again(now);
}

void stop_verdict::order_again(time now) {
    if (expired(now)) return finish_unproven();
    again(phase::ordering, now, grow_pause());
}

// The first reading at once: the task is probably over, and its record is there.
void stop_verdict::read_after_refusal(time now) {
    start_proof(last_order_);
    if (std::exchange(read_since_refusal_, true)) return read_on(now);
    next_pause_ = limits_.first_reading;
    again(phase::proving, now, {});
}

void stop_verdict::refused_without_list(call_fault what) {
    if (what == call_fault::no_such_thing && !possibly_applied_)
        return finish(outcome::not_found, hint::wrong_handle);
    finish(outcome::unknown, hint::nothing_to_read);
}

// --- readings

void stop_verdict::read(time now, const std::vector<move_task>& tasks) {
    if (phase_ == phase::done) return;
    reading_failure_.reset();
    if (us_.handle.empty() && !us_.started) return find(now, tasks);

    const auto reading = read_for(us_, tasks);
    verdict_.replaced |= reading.other_running;
    if (reading.ours == nullptr) {
        verdict_.status = {};
        unclear_ = reading.unclear;
        return unclear_ ? read_on(now) : gone(now, reading.other_active);
    }
    if (reading.certain) adopt(*reading.ours);
    follow(now, *reading.ours);
}

void stop_verdict::find(time now, const std::vector<move_task>& tasks) {
    const auto in = [&tasks](kind status) {
        return std::find_if(tasks.begin(), tasks.end(), [status](const move_task& task) {
            return task.status.value() == status;
        });
    };
    auto active = in(kind::running);
    if (active == tasks.end()) active = in(kind::cancelling);
    if (active == tasks.end()) return find_finished(tasks);
    adopt(*active);
    follow(now, *active);
}

void stop_verdict::find_finished(const std::vector<move_task>& tasks) {
    if (tasks.empty()) return finish(outcome::not_running);
    const auto& newest = tasks.front();
    if (!newest.status.is_terminal()) {
        verdict_.status = newest.status;
        return finish(outcome::unknown, hint::strange_status);
    }
    if (goal_ != goal::verify && !seen_cancelling_) return finish(outcome::not_running);
    adopt(newest);
    ended(newest);
}

// From here on the task is followed by its start: its handle vanishes as soon as it stops running.
void stop_verdict::adopt(const move_task& ours) {
    if (!ours.handle.empty()) us_.handle = ours.handle;
    if (knows_start(ours)) us_.started = ours.started;
}

void stop_verdict::follow(time now, const move_task& ours) {
    absent_ = 0;
    unclear_ = false;
    verdict_.status = ours.status;
    if (knows_start(ours)) verdict_.started = ours.started;
    if (!verdict_.was_ordered && !verdict_.moved_at_list) verdict_.moved_at_list = ours.moved;
    switch (ours.status.value()) {
    case kind::running: return still_running(now, ours);
    case kind::cancelling: seen_cancelling_ = true; break;
    case kind::cancelled:
    case kind::completed:
    case kind::failed: return ended(ours);
    case kind::other: break;
    }
    start_proof(now);
    read_on(now);
}

void stop_verdict::still_running(time now, const move_task& ours) {
    if (goal_ == goal::verify) return read_on(now);
    if (us_.handle.empty()) return finish(outcome::unknown, hint::running_without_handle);
    if (!verdict_.was_ordered) {
        give_up_at_.reset(); // the time for finding it is not the time for proving it
        proof_started_ = false;
        next_pause_ = limits_.first_reading;
        return again(phase::ordering, now, {});
    }
    if (expired(now)) return finish_unproven();
    const bool waited = now - std::max(last_order_, accepted_at_) >= lost_order_after;
    const bool once_more = verdict_.was_accepted
                               ? waited && !std::exchange(ordered_twice_, true)
                               : waited || (!ours.handle.empty() && ours.handle != last_ordered_);
    once_more ? again(phase::ordering, now, {}) : read_on(now);
}

// The list shows no record that can be ours.
void stop_verdict::gone(time now, bool other_active) {
    if (verdict_.was_accepted) {
        absent_ = other_active ? 0 : absent_ + 1;
        if (absent_ < 2) return read_on(now);
        verdict_.rests_on = evidence::absent;
        return finish(outcome::stopped);
    }
    if (verdict_.was_ordered && !read_since_refusal_) return order_again(now); // all answers lost
    const bool called_inactive =
        refusal_ && call_fault_of(refusal_->ec, refusal_->why) == call_fault::not_active;
    if (!us_.started && !called_inactive) return finish(outcome::not_found, hint::wrong_handle);
    finish(other_active || seen_cancelling_ ? outcome::already_finished : outcome::not_running);
}

// The one place that calls a task stopped by its record.
void stop_verdict::ended(const move_task& ours) {
    verdict_.status = ours.status;
    verdict_.moved_at_stop = ours.moved;
    if (knows_start(ours)) verdict_.started = ours.started;
    const bool by_us = verdict_.was_accepted || possibly_applied_;
    if (ours.status.value() != kind::cancelled || !by_us) return finish(outcome::already_finished);
    verdict_.rests_on = evidence::terminal;
    finish(outcome::stopped);
}

void stop_verdict::reading_failed(time now, error_code ec, const diagnostics& why) {
    if (phase_ == phase::done) return;
    reading_failure_ = failure{ec, why};
    switch (call_fault_of(ec, why)) {
    case call_fault::throttled:
        if (!verdict_.was_ordered && !proof_started_) give_up_at_.reset();
        return read_on(now);
    case call_fault::unreachable: return read_on(now);
    case call_fault::useless: start_patience(now); return read_on(now);
    case call_fault::denied:
        if (verdict_.was_accepted) return finish(outcome::accepted, proof_denied_hint(ec, why));
        return finish(outcome::denied, denied_hint(ec, why, need_to_read()));
    case call_fault::no_such_thing:
        return finish(outcome::not_found,
                      verdict_.was_accepted ? hint::queue_deleted : std::string_view{});
    case call_fault::not_active:
    case call_fault::junk:
    case call_fault::rejected: return reading_rejected(ec);
    }
}

const permission_need& stop_verdict::need_to_read() const noexcept {
    return goal_ == goal::verify ? need::to_verify : need::to_prove;
}

void stop_verdict::reading_rejected(error_code ec) {
    if (verdict_.was_accepted) return finish(outcome::accepted, hint::reading_rejected);
    const bool bad_target =
        ec == service_errc::invalid_parameter || ec == client_errc::invalid_argument;
    finish(bad_target && !verdict_.was_ordered ? outcome::invalid : outcome::unknown,
           hint::reading_rejected);
}

void stop_verdict::read_on(time now) {
    if (expired(now)) return finish_unproven();
    again(verdict_.was_ordered ? phase::proving : phase::finding, now, grow_pause());
}

// --- the end

void stop_verdict::gave_up(time, outcome why, error_code ec, const diagnostics& last) {
    if (phase_ == phase::done) return;
    reading_failure_ = failure{ec, last};
    if (verdict_.was_accepted || possibly_applied_ || in_flight_ || last.maybe_applied)
        return finish(outcome::unknown, hint::may_go_on);
    finish(why, gave_up_hint(why, ec, last, need_to_read()));
}

void stop_verdict::finish_unproven() {
    finish(outcome::unknown, unclear_ ? hint::unclear_running : unproven_hint(verdict_.status));
}

void stop_verdict::finish(outcome is, std::string_view advice) {
    phase_ = phase::done;
    verdict_.is = is;
    verdict_.hint = verdict_.replaced && advice.empty() ? hint::replaced : advice;
    if (!has_error(is)) return;
    if (const auto& last = reading_failure_ ? reading_failure_ : refusal_) {
        verdict_.error = last->ec;
        verdict_.why = last->why;
    }
}

} // namespace redrive::flow
