#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"
#include "redrive/move_task.hpp"
#include "redrive/outcome.hpp"
#include "redrive/target.hpp"

namespace redrive {

/// A task as a search found it.
struct found_task {
    std::string identity; ///< profile or account name that found it
    std::string account;
    std::string region;
    std::string queue;
    move_task task;
    std::string request_id; ///< of the List that showed it
};

/// A found task as something to stop.
[[nodiscard]] target to_target(const found_task& found);

/// A part of a search that could not be looked at.
struct unsearched_part {
    enum class cause : std::uint8_t { denied, throttled, unreachable, not_enabled, other };

    std::string identity;
    std::string account; ///< may be unknown
    std::string region;
    std::string queue; ///< empty: the whole region
    cause why = cause::other;
    error_code ec;
    diagnostics info;
    std::string hint; ///< the next step, for a person
};

struct find_report {
    std::uint64_t queues = 0;  ///< queues seen
    std::uint64_t read = 0;    ///< queues whose tasks were read
    std::uint64_t matched = 0; ///< tasks reported
    std::uint64_t parts = 0;   ///< account and region pairs searched, those that failed included
    std::vector<unsearched_part> unsearched; ///< at most 10,000; the rest is only counted
    std::uint64_t unsearched_count = 0;      ///< not_enabled left out
    std::chrono::sys_time<std::chrono::milliseconds> began{}, ended{};
};

/// What became of one target.
struct target_outcome {
    using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

    target_input input;
    std::string identity, account, region, queue, source_arn;
    std::optional<wall_time> started;
    outcome is = outcome::unknown;
    evidence rests_on = evidence::none;
    std::string status; ///< of the last reading; empty: never read
    std::optional<std::int64_t> moved_at_list, moved_at_cancel, moved_at_stop;
    std::uint32_t attempts = 0;           ///< cancel requests
    std::uint32_t resent = 0;             ///< of them after a lost connection
    std::vector<std::string> request_ids; ///< the last 8
    std::optional<wall_time> ordered_at, accepted_at, confirmed_at;
    bool replaced = false; ///< a new task runs on the same queue
    error_code ec;         ///< with an outcome that has an error
    diagnostics info;
    std::string hint; ///< the next step, for a person; may be empty

    /// Messages that moved between the answer to the cancel and the proof, about.
    [[nodiscard]] std::optional<std::int64_t> drift() const noexcept {
        if (!moved_at_stop || !moved_at_cancel) return std::nullopt;
        return *moved_at_stop - *moved_at_cancel;
    }
};

/// A whole run. Outcomes themselves go to the observer.
struct stop_report {
    using duration = std::chrono::steady_clock::duration;

    std::uint64_t targets = 0;
    std::array<std::uint64_t, 11> counts{};     ///< by outcome, indexed by its enumerator
    std::uint64_t accepted_unproven_denied = 0; ///< of `accepted`: reading was denied
    std::uint64_t accepted_unproven = 0;        ///< of `accepted`: no reading is possible
    std::int64_t moved_before = 0;         ///< messages, up to the answers to the cancels, about
    std::int64_t moved_after = 0;          ///< from there to the proofs, about
    std::uint64_t moved_after_unknown = 0; ///< ordered tasks of which no final count was read
    std::optional<duration> first_order, last_order, last_proof; ///< since the run began
    std::optional<find_report> search; ///< of a run that discovered its targets
    bool interrupted = false;
    bool deadline_passed = false;

    [[nodiscard]] std::uint64_t count(outcome of) const noexcept {
        return counts[static_cast<std::size_t>(of)];
    }
};

/// Now, for a progress display.
struct fleet_progress {
    std::uint64_t parts = 0, parts_searched = 0, queues = 0, queues_read = 0, found = 0;
    std::uint64_t targets = 0, ordered = 0, accepted = 0, confirmed = 0, decided = 0;
    std::uint64_t calls_in_flight = 0, calls = 0, throttled = 0;
    std::uint64_t connections = 0;
};

} // namespace redrive
