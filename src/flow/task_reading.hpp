#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redrive/move_task.hpp"

namespace redrive::flow {

// What tells our task from the others of its queue.
struct task_identity {
    using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

    std::string handle;               // empty: not known
    std::optional<wall_time> started; // the surest mark: the handle vanishes from the list
    std::optional<wall_time> ordered; // our first order, by the server's clock
    bool called_over = false;         // the service refused our order: no such task, or not active
};

// What one answer of ListMessageMoveTasks says about our task. Points into the list it was made
// from.
struct task_reading {
    const move_task* ours = nullptr; // its entry, or nothing: the list has no record of it
    bool certain = false;            // `ours` by its mark; else as the only one that it can be
    bool unclear = false;            // a RUNNING entry may be ours or a new one: it proves nothing
    bool other_active = false;       // another task is RUNNING or CANCELLING
    bool other_running = false;      // another task is RUNNING: a new one
};

// Finds our task by its start, else by its handle, else by the rule for a handle that was never
// listed: only one task of a queue is active at a time, so ours is over when no entry is CANCELLING
// and no RUNNING one carries our handle, and its record is the newest that started before our
// order.
[[nodiscard]] task_reading read_for(const task_identity& us, const std::vector<move_task>& tasks);

} // namespace redrive::flow
