#include "sim/api_error.hpp"
#include "sim/input.hpp"
#include "sim/operations.hpp"

namespace redrive::sim {
namespace {

constexpr std::int64_t milliseconds_of(wall_time at) {
    return at.time_since_epoch().count();
}

void write_task(wire::json_writer& out, const moving_task& task, wall_time now) {
    const auto& terms = task.terms();
    const auto phase = task.phase(now);
    out.begin_object();
    if (phase == task_phase::running) {
        out.key("TaskHandle");
        out.text(task.handle());
    }
    out.key("Status");
    out.text(to_string(phase));
    out.key("SourceArn");
    out.text(to_string(terms.source));
    if (!terms.destination_arn.empty()) {
        out.key("DestinationArn");
        out.text(terms.destination_arn);
    }
    if (terms.max_rate) {
        out.key("MaxNumberOfMessagesPerSecond");
        out.integer(*terms.max_rate);
    }
    out.key("ApproximateNumberOfMessagesMoved");
    out.integer(task.listed_moved(now));
    out.key("ApproximateNumberOfMessagesToMove");
    out.integer(terms.to_move);
    if (phase == task_phase::failed) {
        out.key("FailureReason");
        out.text(task.failure_reason());
    }
    out.key("StartedTimestamp");
    out.integer(milliseconds_of(terms.started));
    out.end_object();
}

// A parameter that is there but empty has a complaint of its own.
std::string_view filled_text(const call_context& call, std::string_view name) {
    const auto text = required_text(call.input, name);
    if (text.empty())
        throw invalid_parameter("The " + std::string{name} + " parameter is required.");
    return text;
}

} // namespace

void start_message_move_task(const call_context& call) {
    const auto& task = call.where.tasks.start(
        {.source_arn = filled_text(call, "SourceArn"),
         .destination_arn = optional_text(call.input, "DestinationArn"),
         .max_rate = optional_integer(call.input, "MaxNumberOfMessagesPerSecond")},
        call.now);
    call.out.begin_object();
    call.out.key("TaskHandle");
    call.out.text(task.handle());
    call.out.end_object();
}

void cancel_message_move_task(const call_context& call) {
    const auto moved = call.where.tasks.cancel(filled_text(call, "TaskHandle"), call.now);
    call.out.begin_object();
    call.out.key("ApproximateNumberOfMessagesMoved");
    call.out.integer(moved);
    call.out.end_object();
}

void list_message_move_tasks(const call_context& call) {
    const auto source_arn = filled_text(call, "SourceArn");
    const auto at_most = integer_between(call.input, "MaxResults", 1, 10).value_or(1);
    const auto tasks =
        call.where.tasks.list(source_arn, static_cast<std::size_t>(at_most), call.now);
    call.out.begin_object();
    call.out.key("Results");
    call.out.begin_array();
    for (const auto* task : tasks)
        write_task(call.out, *task, call.now);
    call.out.end_array();
    call.out.end_object();
}

} // namespace redrive::sim
