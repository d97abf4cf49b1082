#pragma once

#include <string_view>

namespace redrive {

/// What became of one target of a cancel. The names are stable: scripts depend on them.
enum class outcome {
    stopped,          ///< proven by ListMessageMoveTasks to have ended after our order
    already_finished, ///< ended by itself, or was stopped before our order
    not_running,      ///< the queue has no active task
    accepted,         ///< ordered, but proof was not asked for or is not possible
    not_found,        ///< no such queue or task
    invalid,          ///< the target could not be understood; nothing was sent for it
    skipped,          ///< left out on purpose: excluded, changed since the plan, too many errors
    unknown,          ///< not proven in time; the redrive may go on
    denied,           ///< credentials or permission
    throttled,        ///< the service admitted no call for it in time
    unreachable,      ///< no reply from the endpoint in time
};

/// What an outcome `stopped` rests on.
enum class evidence {
    none,     ///< not `stopped`
    terminal, ///< a reading shows the task CANCELLED
    absent,   ///< two readings show no active task and no record of it (some emulators)
};

[[nodiscard]] std::string_view to_string(outcome value) noexcept;
/// Empty for `none`.
[[nodiscard]] std::string_view to_string(evidence value) noexcept;

} // namespace redrive
