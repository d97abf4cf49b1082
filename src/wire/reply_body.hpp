#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "redrive/move_task.hpp"
#include "wire/json_reader.hpp"

namespace redrive::wire {

// The outputs of the operations. read_body() takes the parsed body of a 2xx reply (no value: an
// empty body) and copies out what it knows: unknown members are ignored, absent and null ones keep
// their defaults. It is false when the body is not an object or a member is of the wrong type or
// out of range.

struct cancel_output {
    std::int64_t moved = 0;
};
struct list_tasks_output {
    std::vector<move_task> tasks; // newest first
};
struct start_output {
    std::string task_handle;
};
struct list_queues_output {
    std::vector<std::string> queue_urls; // from `QueueUrls`, tolerating `queueUrls`
    std::string next_token;
};
struct queue_url_output {
    std::string queue_url;
};
struct queue_attributes_output {
    std::vector<std::pair<std::string, std::string>> attributes; // sorted by name
};
struct list_sources_output {
    std::vector<std::string> queue_urls; // from `queueUrls`, tolerating `QueueUrls`
    std::string next_token;
};

[[nodiscard]] bool read_body(json_value body, cancel_output& out);
[[nodiscard]] bool read_body(json_value body, list_tasks_output& out);
[[nodiscard]] bool read_body(json_value body, start_output& out);
[[nodiscard]] bool read_body(json_value body, list_queues_output& out);
[[nodiscard]] bool read_body(json_value body, queue_url_output& out);
[[nodiscard]] bool read_body(json_value body, queue_attributes_output& out);
[[nodiscard]] bool read_body(json_value body, list_sources_output& out);

} // namespace redrive::wire
