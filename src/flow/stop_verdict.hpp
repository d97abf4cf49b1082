#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"
#include "redrive/move_task.hpp"
#include "redrive/outcome.hpp"

namespace redrive::flow {

// The course of stopping one task, from its target to its outcome: which call to make next, and what
// the answers prove. Passive: the caller makes the calls and tells what came of them.
//
// Only readings of ListMessageMoveTasks prove a stop; an accepted cancel, or a refused one, is never
// more than a reason to read.
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

    // What to do next. `random` in [0, 1] jitters the pauses between readings.
    [[nodiscard]] step next(time now, double random);
    [[nodiscard]] time resume_at() const noexcept { return resume_at_; }
    [[nodiscard]] const std::string& handle() const noexcept { return what_.handle; }

    // --- events
    // A cancel is about to be written. `at` is our wall clock, corrected by the clock skew.
    void ordered(time now, wall_time at);
    void accepted(time now, std::int64_t moved, bool maybe_applied_before);
    // The cancel ended in an error. With diagnostics.maybe_applied it may have been applied.
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
    subject what_;
    goal goal_;
    limits limits_;
    verdict verdict_;
    time resume_at_;
    // state added by the implementation
};

} // namespace redrive::flow
