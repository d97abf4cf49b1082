#include "sim/moving_task.hpp"

#include <gtest/gtest.h>

#include "redrive/task_handle.hpp"

namespace redrive::sim {
namespace {

using namespace std::chrono_literals;

constexpr wall_time start{1'700'000'000'000ms};

task_terms terms(std::int64_t to_move, std::int32_t rate) {
    return {.task_id = "5a8e4d1c-0b7b-4b6e-9d0a-1c2f3a4b5c6d",
            .source = {"aws", "eu-west-1", "100000000001", "orders-dlq"},
            .destination_arn = {},
            .max_rate = rate,
            .to_move = to_move,
            .fails_after = std::nullopt,
            .started = start};
}

TEST(MovingTask, MovesAtItsRateAndCompletesWithTheLastMessage) {
    const moving_task task{terms(10, 2), {}};
    struct row {
        milliseconds after;
        std::int64_t moved;
        task_phase phase;
    };
    const row rows[] = {
        {-1s, 0, task_phase::running},
        {0ms, 0, task_phase::running},
        {499ms, 0, task_phase::running},
        {500ms, 1, task_phase::running},
        {4999ms, 9, task_phase::running},
        {5s, 10, task_phase::completed},
        {1h, 10, task_phase::completed},
    };
    for (const auto& [after, moved, phase] : rows) {
        EXPECT_EQ(task.moved(start + after), moved) << after.count();
        EXPECT_EQ(task.phase(start + after), phase) << after.count();
    }
    EXPECT_EQ(task.ended_at(start + 4999ms), std::nullopt);
    EXPECT_EQ(task.ended_at(start + 1h), start + 5s);
}

TEST(MovingTask, SaysTwoWhenItIsCancelledAndEightInTheEndAsRecorded) {
    moving_task task{terms(10, 1), {}};
    const auto order = start + 2200ms;
    task.cancel(order);
    EXPECT_EQ(task.listed_moved(order), 2);
    EXPECT_EQ(task.phase(order + 999ms), task_phase::cancelling);
    EXPECT_EQ(task.listed_moved(order + 999ms), 2);
    EXPECT_EQ(task.moved(order + 500ms), 5);
    EXPECT_EQ(task.phase(order + 1s), task_phase::cancelled);
    EXPECT_EQ(task.listed_moved(order + 1s), 8);
    EXPECT_EQ(task.listed_moved(order + 1h), 8);
    EXPECT_EQ(task.moved_after_order(order + 1h), 6);
    EXPECT_EQ(task.ended_at(order + 1h), order + 1s);
}

TEST(MovingTask, NeverMovesMoreThanThereIsAfterACancel) {
    moving_task task{terms(4, 1), {}};
    task.cancel(start + 3s);
    EXPECT_EQ(task.moved(start + 1h), 4);
    EXPECT_EQ(task.phase(start + 1h), task_phase::cancelled);
}

TEST(MovingTask, StopsAtOnceWithoutDwellAndDrift) {
    moving_task task{terms(100, 10), {.dwell = 0ms, .drift = 0ms}};
    task.cancel(start + 1s);
    EXPECT_EQ(task.phase(start + 1s), task_phase::cancelled);
    EXPECT_EQ(task.moved(start + 1h), 10);
}

TEST(MovingTask, LetsTimePassFasterByTheScale) {
    moving_task task{terms(1000, 1), {.time_scale = 60}};
    EXPECT_EQ(task.moved(start + 1s), 60);
    task.cancel(start + 1s);
    EXPECT_EQ(task.phase(start + 1s + 15ms), task_phase::cancelling);
    EXPECT_EQ(task.phase(start + 1s + 17ms), task_phase::cancelled);
    EXPECT_EQ(task.moved(start + 2s), 66);
}

TEST(MovingTask, FailsAtTheFirstMessageThatHasNowhereToGo) {
    auto sheet = terms(10, 1);
    sheet.fails_after = 3;
    const moving_task task{sheet, {}};
    EXPECT_EQ(task.phase(start + 2s), task_phase::running);
    EXPECT_EQ(task.phase(start + 3s), task_phase::failed);
    EXPECT_EQ(task.moved(start + 1h), 3);
    EXPECT_EQ(task.failure_reason(), "CouldNotDetermineMessageSource");
    EXPECT_EQ(task.ended_at(start + 1h), start + 3s);
}

TEST(MovingTask, KeepsItsCountWhenItFails) {
    moving_task task{terms(10, 1), {}};
    task.fail(start + 4s, "AWS.SimpleQueueService.NonExistentQueue");
    EXPECT_EQ(task.phase(start + 1h), task_phase::failed);
    EXPECT_EQ(task.moved(start + 1h), 4);
    EXPECT_EQ(task.ended_at(start + 1h), start + 4s);
}

TEST(MovingTask, CompletesAtOnceWhenThereIsNothingToMove) {
    EXPECT_EQ((moving_task{terms(0, 1), {}}.phase(start)), task_phase::completed);
}

TEST(MovingTask, HasAHandleThatNamesItsTaskAndSource) {
    const moving_task task{terms(1, 1), {}};
    const auto handle = task_handle::from_text(task.handle());
    ASSERT_TRUE(handle && handle->source());
    EXPECT_EQ(handle->task_id(), "5a8e4d1c-0b7b-4b6e-9d0a-1c2f3a4b5c6d");
    EXPECT_EQ(to_string(*handle->source()), "arn:aws:sqs:eu-west-1:100000000001:orders-dlq");
}

} // namespace
} // namespace redrive::sim
