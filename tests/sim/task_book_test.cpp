#include "sim/task_book.hpp"

#include <gtest/gtest.h>

#include "redrive/task_handle.hpp"
#include "sim/api_error.hpp"
#include "sim/service.hpp"

namespace redrive::sim {
namespace {

using namespace std::chrono_literals;

constexpr wall_time start{1'700'000'000'000ms};
constexpr std::string_view dlq_arn = "arn:aws:sqs:eu-west-1:100000000001:orders-dlq";
constexpr std::string_view source_arn = "arn:aws:sqs:eu-west-1:100000000001:orders";

class TaskBook : public ::testing::Test {
  protected:
    TaskBook() {
        make("orders-dlq");
        queue_attributes attributes;
        attributes.set("RedrivePolicy",
                       R"({"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:100000000001:orders-dlq",)"
                       R"("maxReceiveCount":"3"})");
        where.queues.create("orders", attributes, start);
    }

    queue& make(std::string_view name) { return where.queues.create(name, {}, start); }
    queue& named(std::string_view name) { return *where.queues.find(name); }

    void put(std::string_view name, int count, std::string_view origin) {
        for (int i = 0; i < count; ++i) {
            queue_message message;
            message.id = "id-" + std::to_string(i);
            message.body = "body-" + std::to_string(i);
            message.origin_arn = origin;
            message.sent = message.visible_at = start;
            named(name).messages().push(message);
        }
    }

    const moving_task& begin(std::int64_t rate = 1, std::string_view destination = {}) {
        return where.tasks.start({dlq_arn, destination, rate}, start);
    }

    // What a call is refused with, as "status type: message".
    template <class Call>
    static std::string refusal(Call call) {
        try {
            call();
        } catch (const api_error& error) {
            return std::to_string(error.status) + " " + error.type + ": " + error.message;
        }
        return "accepted";
    }

    service everything{{}, 1};
    cell& where = everything.at("100000000001", "eu-west-1");
};

TEST_F(TaskBook, RefusesAHandleThatIsNone) {
    for (const auto* handle : {"foobared", "e30=", "{", "AQEB6nR4"})
        EXPECT_EQ(refusal([&] { where.tasks.cancel(handle, start); }),
                  "400 InvalidParameterValueException: Value for parameter TaskHandle is invalid.");
}

TEST_F(TaskBook, DoesNotFindTheQueueOfAWellFormedHandle) {
    for (const queue_arn& arn : {queue_arn{"aws", "eu-west-1", "100000000001", "nowhere"},
                                 queue_arn{"aws", "eu-west-1", "200000000002", "orders-dlq"},
                                 queue_arn{"aws", "us-east-1", "100000000001", "orders-dlq"}})
        EXPECT_EQ(
            refusal([&] { where.tasks.cancel(task_handle::make("t", arn).text(), start); }),
            "404 ResourceNotFoundException: The resource that you specified for the SourceArn "
            "parameter doesn't exist.");
}

TEST_F(TaskBook, DoesNotFindATaskThatNeverWas) {
    const auto handle = task_handle::make("no-such-task", named("orders-dlq").arn);
    EXPECT_EQ(refusal([&] { where.tasks.cancel(handle.text(), start); }),
              "404 ResourceNotFoundException: Task does not exist.");
}

TEST_F(TaskBook, StartsOnlyOnADeadLetterQueue) {
    EXPECT_EQ(
        refusal([&] {
            where.tasks.start({source_arn, {}, {}}, start);
        }),
        "400 InvalidParameterValueException: Source queue must be configured as a Dead Letter "
        "Queue.");
}

TEST_F(TaskBook, DoesNotFindAMissingDestination) {
    EXPECT_EQ(refusal([&] { begin(1, "arn:aws:sqs:eu-west-1:100000000001:nowhere"); }),
              "404 ResourceNotFoundException: The resource that you specified for the "
              "DestinationArn parameter doesn't exist.");
}

TEST_F(TaskBook, StartsNoSecondTaskWhileOneIsActive) {
    put("orders-dlq", 5, source_arn);
    const auto handle = begin().handle();
    const auto second = "400 InvalidParameterValueException: There is already a task running. Only "
                        "one active task is allowed for a source queue arn at a given time.";
    EXPECT_EQ(refusal([&] { begin(); }), second);
    where.tasks.cancel(handle, start + 1s);
    EXPECT_EQ(refusal([&] { where.tasks.start({dlq_arn, {}, 1}, start + 1500ms); }), second);
    EXPECT_EQ(refusal([&] { where.tasks.start({dlq_arn, {}, 1}, start + 2s); }), "accepted");
}

TEST_F(TaskBook, RefusesRatesOutOfRangeAndMalformedArns) {
    for (const std::int64_t rate : {-1, 0, 501})
        EXPECT_EQ(refusal([&] { begin(rate); }).substr(0, 63),
                  "400 InvalidParameterValueException: Value for parameter MaxNumb");
    EXPECT_EQ(refusal([&] { (void)where.tasks.list("orders-dlq", 1, start); }).substr(0, 71),
              "400 InvalidParameterValueException: Value for parameter SourceArn is in");
    EXPECT_EQ(refusal([&] { begin(1, "orders"); }).substr(0, 76),
              "400 InvalidParameterValueException: Value for parameter DestinationArn is in");
}

TEST_F(TaskBook, CancelsOnlyWhatIsRunning) {
    const auto inactive = "400 InvalidParameterValueException: Only active tasks can be cancelled.";
    put("orders-dlq", 3, source_arn);
    const auto handle = begin().handle();
    EXPECT_EQ(where.tasks.cancel(handle, start + 1s), 1);
    EXPECT_EQ(refusal([&] { where.tasks.cancel(handle, start + 1s); }), inactive);
    EXPECT_EQ(refusal([&] { where.tasks.cancel(handle, start + 1h); }), inactive);
}

TEST_F(TaskBook, RefusesToCancelWhatCompleted) {
    put("orders-dlq", 1, source_arn);
    const auto handle = begin().handle();
    EXPECT_EQ(refusal([&] { where.tasks.cancel(handle, start + 1s); }),
              "400 InvalidParameterValueException: Only active tasks can be cancelled.");
}

TEST_F(TaskBook, FailsATaskWhoseDestinationIsDeleted) {
    make("elsewhere");
    put("orders-dlq", 9, source_arn);
    const auto& task = begin(1, "arn:aws:sqs:eu-west-1:100000000001:elsewhere");
    where.tasks.queue_goes(named("elsewhere"), start + 2s);
    where.queues.remove("elsewhere");
    EXPECT_EQ(task.phase(start + 2s), task_phase::failed);
    EXPECT_EQ(task.failure_reason(), "AWS.SimpleQueueService.NonExistentQueue");
    EXPECT_EQ(named("orders-dlq").count(start + 1h).visible, 7);
}

TEST_F(TaskBook, FailsATaskWhoseMessagesCameFromAQueueThatIsGone) {
    put("orders-dlq", 3, source_arn);
    const auto& task = begin();
    where.queues.remove("orders");
    const auto listed = where.tasks.list(dlq_arn, 1, start + 2s);
    ASSERT_EQ(listed.size(), 1u);
    EXPECT_EQ(task.phase(start + 2s), task_phase::failed);
    EXPECT_EQ(task.failure_reason(), "AWS.SimpleQueueService.NonExistentQueue");
}

TEST_F(TaskBook, FailsATaskOnAMessageThatWasSentToTheDeadLetterQueueDirectly) {
    put("orders-dlq", 1, source_arn);
    put("orders-dlq", 1, "");
    const auto& task = begin();
    EXPECT_EQ(task.phase(start + 1s), task_phase::failed);
    EXPECT_EQ(task.failure_reason(), "CouldNotDetermineMessageSource");
    EXPECT_EQ(task.moved(start + 1h), 1);
}

TEST_F(TaskBook, MovesRealMessagesBackAsNewOnesInOrder) {
    put("orders-dlq", 4, source_arn);
    begin(2);
    where.tasks.settle(start + 1s);
    EXPECT_EQ(named("orders-dlq").count(start + 1s).visible, 2);
    auto received =
        named("orders").messages().receive({.at_most = 10, .visibility = 30s}, start + 1s);
    ASSERT_EQ(received.messages.size(), 2u);
    EXPECT_EQ(received.messages[0]->body, "body-0");
    EXPECT_EQ(received.messages[1]->body, "body-1");
    EXPECT_NE(received.messages[0]->id, "id-0");
    EXPECT_EQ(received.messages[0]->sent, start + 1s);
    EXPECT_EQ(received.messages[0]->receive_count, 1);
}

TEST_F(TaskBook, MovesASyntheticBacklogAsANumber) {
    make("elsewhere");
    named("orders-dlq").backlog = 1000;
    const auto handle = begin(100, "arn:aws:sqs:eu-west-1:100000000001:elsewhere").handle();
    where.tasks.settle(start + 2s);
    EXPECT_EQ(named("orders-dlq").backlog, 800);
    EXPECT_EQ(named("elsewhere").backlog, 200);
    EXPECT_EQ(where.tasks.cancel(handle, start + 3s), 300);
    where.tasks.settle(start + 1h);
    EXPECT_EQ(named("orders-dlq").backlog, 100);
}

TEST_F(TaskBook, ListsTheTenNewestTasksNewestFirst) {
    for (int i = 0; i < 12; ++i)
        where.tasks.start({dlq_arn, {}, {}}, start + i * 1s);
    const auto listed = where.tasks.list(dlq_arn, 10, start + 1h);
    ASSERT_EQ(listed.size(), 10u);
    EXPECT_EQ(listed.front()->terms().started, start + 11s);
    EXPECT_EQ(listed.back()->terms().started, start + 2s);
    EXPECT_EQ(where.tasks.list(dlq_arn, 1, start + 1h).size(), 1u);
    EXPECT_EQ(where.tasks.all().size(), 12u);
}

TEST_F(TaskBook, AllowsAHundredActiveTasksInAnAccountAndRegion) {
    for (int i = 0; i < 100; ++i) {
        auto& source = make("dlq-" + std::to_string(i));
        source.backlog = 10;
        where.tasks.adopt(source,
                          {.task_id = std::to_string(i),
                           .source = source.arn,
                           .destination_arn = {},
                           .max_rate = 1,
                           .to_move = 10,
                           .fails_after = std::nullopt,
                           .started = start});
    }
    named("orders-dlq").backlog = 5;
    EXPECT_EQ(refusal([&] { begin(); }).substr(0, 14), "403 OverLimit:");
    EXPECT_EQ(refusal([&] { where.tasks.start({dlq_arn, {}, 1}, start + 10s); }), "accepted");
}

} // namespace
} // namespace redrive::sim
