#include "conform/output_members.hpp"

#include "conform/input.hpp"
#include "wire/json_writer.hpp"
#include "wire/reply_body.hpp"

namespace redrive::conform {
namespace {

void write_integer(wire::json_writer& output, std::string_view name, std::int64_t value) {
    output.key(name);
    output.integer(value);
}

void write_unless_empty(wire::json_writer& output, std::string_view name, std::string_view value) {
    if (!value.empty()) write_text(output, name, value);
}

void write_texts(wire::json_writer& output,
                 std::string_view name,
                 const std::vector<std::string>& values) {
    output.key(name);
    output.begin_array();
    for (const auto& value : values)
        output.text(value);
    output.end_array();
}

void write_task(wire::json_writer& output, const move_task& task) {
    output.begin_object();
    write_unless_empty(output, "TaskHandle", task.handle);
    write_unless_empty(output, "Status", task.status.text());
    write_unless_empty(output, "SourceArn", task.source_arn);
    write_unless_empty(output, "DestinationArn", task.destination_arn);
    if (task.max_rate) write_integer(output, "MaxNumberOfMessagesPerSecond", *task.max_rate);
    write_integer(output, "ApproximateNumberOfMessagesMoved", task.moved);
    if (task.to_move) write_integer(output, "ApproximateNumberOfMessagesToMove", *task.to_move);
    write_unless_empty(output, "FailureReason", task.failure_reason);
    write_integer(output, "StartedTimestamp", task.started.time_since_epoch().count());
    output.end_object();
}

void write_output(wire::json_writer& output, const wire::cancel_output& value) {
    output.begin_object();
    write_integer(output, "ApproximateNumberOfMessagesMoved", value.moved);
    output.end_object();
}

void write_output(wire::json_writer& output, const wire::list_tasks_output& value) {
    output.begin_object();
    output.key("Results");
    output.begin_array();
    for (const auto& task : value.tasks)
        write_task(output, task);
    output.end_array();
    output.end_object();
}

void write_output(wire::json_writer& output, const wire::start_output& value) {
    output.begin_object();
    write_unless_empty(output, "TaskHandle", value.task_handle);
    output.end_object();
}

void write_output(wire::json_writer& output, const wire::list_queues_output& value) {
    output.begin_object();
    write_texts(output, "QueueUrls", value.queue_urls);
    write_unless_empty(output, "NextToken", value.next_token);
    output.end_object();
}

void write_output(wire::json_writer& output, const wire::queue_url_output& value) {
    output.begin_object();
    write_unless_empty(output, "QueueUrl", value.queue_url);
    output.end_object();
}

void write_output(wire::json_writer& output, const wire::queue_attributes_output& value) {
    output.begin_object();
    output.key("Attributes");
    output.begin_object();
    for (const auto& [name, text] : value.attributes)
        write_text(output, name, text);
    output.end_object();
    output.end_object();
}

void write_output(wire::json_writer& output, const wire::list_sources_output& value) {
    output.begin_object();
    write_texts(output, "queueUrls", value.queue_urls);
    write_unless_empty(output, "NextToken", value.next_token);
    output.end_object();
}

template <class Output>
std::optional<std::string> read_as(wire::json_value body) {
    Output value;
    if (!wire::read_body(body, value)) return std::nullopt;
    std::string out;
    wire::json_writer writer{out};
    write_output(writer, value);
    return out;
}

} // namespace

std::optional<std::string> output_of(wire::operation op, wire::json_value body) {
    switch (op) {
    case wire::operation::cancel_message_move_task: return read_as<wire::cancel_output>(body);
    case wire::operation::list_message_move_tasks: return read_as<wire::list_tasks_output>(body);
    case wire::operation::start_message_move_task: return read_as<wire::start_output>(body);
    case wire::operation::list_queues: return read_as<wire::list_queues_output>(body);
    case wire::operation::get_queue_url: return read_as<wire::queue_url_output>(body);
    case wire::operation::get_queue_attributes: return read_as<wire::queue_attributes_output>(body);
    case wire::operation::list_dead_letter_source_queues:
        return read_as<wire::list_sources_output>(body);
    }
    return std::nullopt;
}

} // namespace redrive::conform
