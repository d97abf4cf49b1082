#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "redrive/move_task.hpp"
#include "redrive/queue_arn.hpp"
#include "redrive/task_handle.hpp"

namespace redrive {

/// Where a target came from, to name it in messages and outcomes.
struct target_input {
    std::uint64_t index = 0; ///< 0-based position among all inputs
    std::uint64_t line = 0;  ///< 1-based line of its file or stdin; 0: an argument or discovery
    std::string text;        ///< as given, at most 4 KiB
};

/// One thing to stop or verify: a task, or whatever runs on a queue.
struct target {
    target_input input;
    std::optional<queue_arn> source;   ///< the queue; its account may be empty with a queue name
    std::optional<task_handle> handle; ///< the task, when it is known
    std::optional<std::chrono::sys_time<std::chrono::milliseconds>> started; ///< of a listed task
    std::optional<move_task> listed; ///< the listing that it came from
    std::string region;              ///< where to send it

    /// Why it cannot be used; empty when it can.
    std::string invalid;
};

/// How texts that do not say so themselves are understood.
struct target_defaults {
    std::string region; ///< for names and opaque handles; empty: such targets are invalid
    bool everything_is_a_handle = false; ///< `--as handle`: names and opaque texts too
};

/// Understands one text: queue ARN, queue URL, a row of our own NDJSON, a task handle, `handle:`
/// and an opaque handle, a queue name; in this order. What cannot be understood comes back with
/// `invalid` set; nothing is thrown.
[[nodiscard]] target parse_target(std::string_view text, const target_defaults& defaults);

/// Equal for two targets that are the same task or queue: ARN, URL and name of a queue, two
/// handles of one task.
[[nodiscard]] std::string identity_of(const target& what);

} // namespace redrive
