#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "redrive/diagnostics.hpp"
#include "redrive/move_task.hpp"

namespace redrive {

// The results of the operations of client. `info` is filled with and without an error; the other
// members only without.

/// The order to stop was taken. That is not a stop: only a later reading of the task proves one.
struct cancel_result {
    std::int64_t moved = 0; ///< messages moved when the order was taken, about; a floor
    diagnostics info;
};

/// A bulk of orders, counted. `info` is that of the bulk: each handle has its own.
struct cancel_each_result {
    std::uint64_t accepted = 0; ///< orders taken
    std::uint64_t failed = 0;   ///< the others
    diagnostics info;
};

struct warm_result {
    std::size_t connections = 0; ///< open now
    diagnostics info;
};

struct list_tasks_result {
    std::vector<move_task> tasks; ///< newest first, at most 10
    diagnostics info;
};

struct start_result {
    std::string task_handle;
    diagnostics info;
};

struct list_queues_result {
    std::vector<std::string> queue_urls;
    std::string next_token; ///< empty: the last page
    diagnostics info;
};

struct queue_url_result {
    std::string queue_url;
    diagnostics info;
};

struct queue_attributes_result {
    std::vector<std::pair<std::string, std::string>> attributes; ///< sorted by name
    diagnostics info;
};

} // namespace redrive
