#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/operation.hpp"

namespace redrive::wire {

// The inputs of the operations, one struct each. append_body() writes the JSON body: members as the
// service's model names them, unset ones left out, never null.

struct cancel_input {
    static constexpr auto op = operation::cancel_message_move_task;
    std::string_view task_handle;
};
struct list_tasks_input {
    static constexpr auto op = operation::list_message_move_tasks;
    std::string_view source_arn;
    std::optional<std::int32_t> max_results;
};
struct start_input {
    static constexpr auto op = operation::start_message_move_task;
    std::string_view source_arn;
    std::string_view destination_arn; // empty: not sent
    std::optional<std::int32_t> max_rate;
};
struct list_queues_input {
    static constexpr auto op = operation::list_queues;
    std::string_view name_prefix; // empty: not sent
    std::string_view next_token;  // empty: not sent
    std::optional<std::int32_t> max_results;
};
struct queue_url_input {
    static constexpr auto op = operation::get_queue_url;
    std::string_view queue_name;
    std::string_view owner_account; // empty: not sent
};
struct queue_attributes_input {
    static constexpr auto op = operation::get_queue_attributes;
    std::string_view queue_url;
    std::vector<std::string> names; // such as "All", "QueueArn", "RedrivePolicy"
};
struct list_sources_input {
    static constexpr auto op = operation::list_dead_letter_source_queues;
    std::string_view queue_url;
    std::string_view next_token;
    std::optional<std::int32_t> max_results;
};

void append_body(std::string& out, const cancel_input& input);
void append_body(std::string& out, const list_tasks_input& input);
void append_body(std::string& out, const start_input& input);
void append_body(std::string& out, const list_queues_input& input);
void append_body(std::string& out, const queue_url_input& input);
void append_body(std::string& out, const queue_attributes_input& input);
void append_body(std::string& out, const list_sources_input& input);

} // namespace redrive::wire
