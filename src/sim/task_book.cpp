#include "sim/task_book.hpp"

#include <algorithm>
#include <utility>

#include "redrive/move_task.hpp"
#include "redrive/task_handle.hpp"
#include "sim/api_error.hpp"

namespace redrive::sim {
namespace {

constexpr std::string_view queue_is_gone = "AWS.SimpleQueueService.NonExistentQueue";

queue_arn parse_or_throw(std::string_view text, std::string_view parameter) {
    if (auto arn = parse_queue_arn(text)) return *arn;
    throw invalid_parameter("Value for parameter " + std::string{parameter} +
                            " is invalid. Reason: It must be an ARN of the form "
                            "arn:aws:sqs:region:account:queue.");
}

} // namespace

task_book::task_book(queue_directory& queues, const pace& tempo, random_source& random)
    : queues_{queues}, pace_{tempo}, random_{random} {}

queue& task_book::source_named(std::string_view arn_text) {
    if (auto* source = queues_.find(parse_or_throw(arn_text, "SourceArn"))) return *source;
    throw no_such_resource("SourceArn");
}

void task_book::check_destination(std::string_view arn_text, const queue& source) {
    if (arn_text.empty()) return;
    const auto* destination = queues_.find(parse_or_throw(arn_text, "DestinationArn"));
    if (destination == nullptr) throw no_such_resource("DestinationArn");
    if (destination->is_fifo() != source.is_fifo())
        throw invalid_parameter("Source queue and destination queue must be of the same type.");
}

void task_book::check_limits(const queue& source, wall_time now) {
    if (!source.history.empty() && source.history.front()->is_active(now))
        throw invalid_parameter("There is already a task running. Only one active task is allowed "
                                "for a source queue arn at a given time.");
    settle(now);
    // What the service answers past the limit is not known.
    if (active_.size() >= most_active)
        throw api_error{"OverLimit",
                        "The maximum number of active message movement tasks is reached: 100."};
}

const moving_task& task_book::start(const start_terms& terms, wall_time now) {
    if (terms.max_rate && (*terms.max_rate < 1 || *terms.max_rate > fastest_rate))
        throw invalid_parameter("Value for parameter MaxNumberOfMessagesPerSecond is invalid. "
                                "Reason: Must be between 1 and 500.");
    auto& source = source_named(terms.source_arn);
    check_destination(terms.destination_arn, source);
    if (queues_.sources_of(source.arn.name).empty())
        throw invalid_parameter("Source queue must be configured as a Dead Letter Queue.");
    check_limits(source, now);
    task_terms sheet{.task_id = random_.uuid(),
                     .source = source.arn,
                     .destination_arn = std::string{terms.destination_arn},
                     .max_rate = std::nullopt,
                     .to_move = source.count(now).visible,
                     .fails_after = std::nullopt,
                     .started = now};
    if (terms.max_rate) sheet.max_rate = static_cast<std::int32_t>(*terms.max_rate);
    if (sheet.destination_arn.empty() && source.real)
        sheet.fails_after = source.real->first_without_origin(now);
    return adopt(source, std::move(sheet));
}

const moving_task& task_book::adopt(queue& source, task_terms terms) {
    auto task = std::make_shared<moving_task>(std::move(terms), pace_);
    source.history.push_front(task);
    if (source.history.size() > longest_history) source.history.pop_back();
    tasks_.push_back(task);
    active_.push_back(task);
    return *task;
}

std::int64_t task_book::cancel(std::string_view handle, wall_time now) {
    const auto parsed = task_handle::from_text(handle);
    if (!parsed || !parsed->source())
        throw invalid_parameter("Value for parameter TaskHandle is invalid.");
    auto* source = queues_.find(*parsed->source());
    if (source == nullptr) throw no_such_resource("SourceArn");
    const auto found = std::ranges::find_if(source->history, [&](const auto& task) {
        return task->terms().task_id == parsed->task_id();
    });
    if (found == source->history.end())
        throw api_error{"ResourceNotFoundException", "Task does not exist."};
    auto& task = **found;
    carry(task, now);
    // That CANCELLING is refused like a finished task is unverified.
    if (task.phase(now) != task_phase::running)
        throw invalid_parameter("Only active tasks can be cancelled.");
    task.cancel(now);
    return task.listed_moved(now);
}

std::vector<const moving_task*> task_book::list(std::string_view source_arn,
                                                std::size_t at_most,
                                                wall_time now) {
    auto& source = source_named(source_arn);
    std::vector<const moving_task*> newest;
    for (const auto& task : source.history) {
        if (newest.size() == at_most) break;
        carry(*task, now);
        newest.push_back(task.get());
    }
    return newest;
}

void task_book::settle(wall_time now) {
    std::erase_if(active_, [&](const auto& task) {
        carry(*task, now);
        return !task->is_active(now);
    });
}

void task_book::queue_goes(const queue& subject, wall_time now) {
    settle(now);
    for (const auto& task : active_) {
        const auto& terms = task->terms();
        if (terms.source == subject.arn || terms.destination_arn == subject.arn_text)
            task->fail(now, std::string{queue_is_gone});
    }
}

void task_book::carry(moving_task& task, wall_time now) {
    auto due = task.moved(now) - task.carried;
    if (due <= 0) return;
    auto* source = queues_.find(task.terms().source);
    if (source == nullptr) return;
    while (due > 0 && source->real) {
        auto message = source->real->take_oldest(now);
        if (!message) break;
        if (!deliver(std::move(*message), task, now)) {
            task.fail(now, std::string{queue_is_gone});
            task.carried = task.moved(now); // nothing more is due
            return;
        }
        ++task.carried;
        --due;
    }
    const auto synthetic = std::min(due, source->backlog);
    source->backlog -= synthetic;
    if (const auto arn = parse_queue_arn(task.terms().destination_arn))
        if (auto* destination = queues_.find(*arn)) destination->backlog += synthetic;
    task.carried += due;
}

bool task_book::deliver(queue_message message, const moving_task& task, wall_time now) {
    const auto& named = task.terms().destination_arn;
    const auto arn = parse_queue_arn(named.empty() ? message.origin_arn : named);
    auto* destination = arn ? queues_.find(*arn) : nullptr;
    if (destination == nullptr) return false;
    // To the destination a moved message is a new one.
    message.id = random_.uuid();
    message.origin_arn.clear();
    message.sent = message.visible_at = now;
    message.first_received.reset();
    message.receive_count = 0;
    destination->messages().push(std::move(message));
    return true;
}

} // namespace redrive::sim
