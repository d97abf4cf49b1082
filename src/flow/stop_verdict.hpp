#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/call_fault.hpp"
#include "flow/stop_hint.hpp"
#include "flow/task_reading.hpp"
#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"
#include "redrive/move_task.hpp"
#include "redrive/outcome.hpp"

namespace redrive::flow {

// The course of stopping one task, from its target to its outcome: which call to make next, and
// what the answers prove. Passive: the caller makes the calls, one at a time, and tells what came
// of them.
//
// Only readings of ListMessageMoveTasks prove a stop; an accepted cancel, or a refused one, is
// never more than a reason to read. A reading must have been asked for after next() said `read`.
//
// What a reading without a record of the task means, when no order was accepted:
//   a task listed before, or one that the service called inactive: over, so `not_running`, or
//     `already_finished` when another task is active by now (a queue has one at a time);
//   a handle that nobody ever listed: `not_found`.
// A target without a handle (a queue): `not_running` when nothing is active; goal `verify` gives
// `already_finished` with the newest record first, if there is one.
class stop_verdict {
  public:
    using time = std::chrono::steady_clock::time_point;
    using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;
    using duration = std::chrono::steady_clock::duration;

    enum class goal : std::uint8_t {
        stop,   // order a cancel and prove it
        order,  // order a cancel only (--no-verify)
        verify, // only read until terminal
    };

    struct subject {
        std::string handle;               // empty: to be found by listing the source
        bool can_list = true;             // false: an opaque handle without a source ARN
        std::optional<wall_time> started; // of the task, when it was listed before
        std::optional<move_task> listed;  // the listing it came from
    };

    struct limits {
        duration verify_timeout = std::chrono::seconds{60}; // after the order
        duration first_reading = std::chrono::milliseconds{500};
        duration longest_pause = std::chrono::seconds{5};
    };

    enum class step : std::uint8_t {
        read,  // make a List call on the source queue, then tell it to read() or reading_failed()
        order, // make a Cancel call with handle(), then tell it to accepted() or refused()
        wait,  // nothing before resume_at()
        done,  // result() is final
    };

    stop_verdict(subject what, goal why, limits bounds, time now);

    // What to do next; the same again until an event comes. `random` in [0, 1] jitters the pauses.
    [[nodiscard]] step next(time now, double random);
    [[nodiscard]] time resume_at() const noexcept { return resume_at_; }
    // May change with a reading: the service may list our task under a fresher handle.
    [[nodiscard]] const std::string& handle() const noexcept { return us_.handle; }

    // --- events
    // A cancel is about to be written. `at` is our wall clock, corrected by the clock skew.
    void ordered(time now, wall_time at);
    void accepted(time now, std::int64_t moved, bool maybe_applied_before);
    // The cancel ended in an error. With diagnostics.maybe_applied it may have been applied.
    // Throttling and silence are tried again, without end: their limits are the caller's (gave_up).
    void refused(time now, error_code ec, const diagnostics& why);
    void read(time now, const std::vector<move_task>& tasks); // newest first, as listed
    void reading_failed(time now, error_code ec, const diagnostics& why);
    // The run ends before this one is decided: its deadline, an interrupt, the limits on silence or
    // throttling. `why` becomes the outcome unless something stronger is known (accepted: unknown).
    void gave_up(time now, outcome why, error_code ec, const diagnostics& last);

    struct verdict {
        outcome is = outcome::unknown;
        evidence rests_on = evidence::none;
        task_status status; // of the last reading; empty text: never read
        std::optional<std::int64_t> moved_at_list, moved_at_cancel, moved_at_stop;
        std::optional<wall_time> started;
        bool was_ordered = false;
        bool was_accepted = false;
        bool replaced = false; // a new task runs on the same queue: say so loudly
        error_code error;      // with the outcomes that have one
        diagnostics why;
        std::string hint; // the next step, for a person; may be empty
    };
    [[nodiscard]] const verdict& result() const noexcept { return verdict_; }

  private:
    enum class phase : std::uint8_t {
        finding,  // reading; nothing was ordered yet
        ordering, // a cancel is to be sent, or in flight
        proving,  // reading what the order did
        done,     // the outcome stands
    };

    struct failure {
        error_code ec;
        diagnostics why;
    };

    void again(phase what, time now, duration pause);
    [[nodiscard]] duration grow_pause();

    void start_proof(time from);
    void start_patience(time from);
    [[nodiscard]] bool expired(time now) const;

    void answer_lost(time now);
    void order_again(time now);
    void read_on(time now);
    void read_after_refusal(time now);
    void refused_without_list(call_fault what);

    void find(time now, const std::vector<move_task>& tasks);
    void find_finished(const std::vector<move_task>& tasks);
    void adopt(const move_task& ours);
    void follow(time now, const move_task& ours);
    void still_running(time now, const move_task& ours);
    void gone(time now, bool other_active);
    void ended(const move_task& ours);
    void reading_rejected(error_code ec);
    [[nodiscard]] const permission_need& need_to_read() const noexcept;

    void finish(outcome is, std::string_view advice = {});
    void finish_unproven();

    bool can_list_;
    goal goal_;
    limits limits_;
    task_identity us_;
    verdict verdict_;
    phase phase_ = phase::finding;

    time wait_from_;   // the pause before the next call, until it is drawn
    duration pause_{}; // not jittered
    bool drawn_ = false;
    time resume_at_;
    duration next_pause_;

    std::optional<time>
        give_up_at_;             // of the proof, or of an endpoint that answers but decides nothing
    bool proof_started_ = false; // give_up_at_ stands

    time last_order_;
    time accepted_at_;
    std::string last_ordered_; // the handle of that order
    bool in_flight_ = false;
    bool possibly_applied_ = false; // an order whose answer was lost, or said nothing
    bool ordered_twice_ = false;    // although the first was accepted
    bool lost_before_ = false;
    bool read_since_refusal_ = false; // the service refused an order for good, so the list decides
    bool seen_cancelling_ = false;
    bool unclear_ = false; // the last reading shows a RUNNING task that may be ours
    int absent_ = 0;       // readings in a row without any trace, after an accepted order
    std::optional<failure> refusal_, reading_failure_; // the last, while it stands
};

} // namespace redrive::flow
