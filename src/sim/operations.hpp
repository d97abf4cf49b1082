#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/service.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

namespace redrive::sim {

// One authenticated call: what it works on, and where its answer goes.
struct call_context {
    cell& where;
    random_source& random;
    const pace& tempo;
    std::string_view base_url; // of QueueUrls: scheme, host and port
    wall_time now;
    wire::json_value input; // an object
    wire::json_writer& out;
    // A long poll may go on: nothing was written, ask again until then.
    std::optional<wall_time>& wait_until;
    wall_time arrived; // differs from now when asked again
};

using operation_handler = void (*)(const call_context&);

// The handler of an operation by its name; null for an unknown one. Handlers throw api_error.
[[nodiscard]] operation_handler find_operation(std::string_view name) noexcept;

void start_message_move_task(const call_context& call);
void cancel_message_move_task(const call_context& call);
void list_message_move_tasks(const call_context& call);

void create_queue(const call_context& call);
void delete_queue(const call_context& call);
void get_queue_url(const call_context& call);
void get_queue_attributes(const call_context& call);
void set_queue_attributes(const call_context& call);
void list_queues(const call_context& call);
void list_dead_letter_source_queues(const call_context& call);
void purge_queue(const call_context& call);

void send_message(const call_context& call);
void send_message_batch(const call_context& call);
void receive_message(const call_context& call);
void delete_message(const call_context& call);
void delete_message_batch(const call_context& call);

} // namespace redrive::sim
