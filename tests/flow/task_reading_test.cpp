#include "flow/task_reading.hpp"

#include "flow/stop_course.hpp"

namespace redrive::flow {
namespace {

using namespace test;

task_identity bare(std::string handle, bool called_over = false) {
    task_identity us;
    us.handle = std::move(handle);
    us.ordered = noon;
    us.called_over = called_over;
    return us;
}

task_identity started_at(int second, std::string handle = ours) {
    auto us = bare(std::move(handle));
    us.started = at(second);
    return us;
}

TEST(TaskReading, FindsTheTaskByItsStartOnceTheHandleIsGone) {
    const tasks listed{entry("CANCELLING", 300, 7), entry("CANCELLED", 200, 5)};
    const auto reading = read_for(started_at(300), listed);
    EXPECT_EQ(reading.ours, &listed[0]);
    EXPECT_TRUE(reading.certain);
    EXPECT_FALSE(reading.other_active);
}

TEST(TaskReading, DoesNotTakeASuccessorOfTheSameSecondForTheTask) {
    const tasks listed{entry("RUNNING", 300, 0, next), entry("CANCELLED", 300, 8)};
    const auto reading = read_for(started_at(300), listed);
    EXPECT_EQ(reading.ours, &listed[1]);
    EXPECT_TRUE(reading.other_running);
}

TEST(TaskReading, PrefersItsHandleAmongEqualStarts) {
    const tasks listed{entry("RUNNING", 300, 0, "task-2"), entry("CANCELLED", 300, 8, "task-1")};
    const auto reading = read_for(started_at(300, "task-1"), listed);
    EXPECT_EQ(reading.ours, &listed[1]);
}

TEST(TaskReading, FindsTheTaskByAHandleThatIsListedInEveryStatus) {
    const tasks listed{entry("RUNNING", 300, 0, "task-2"), entry("CANCELLED", 200, 8, "task-1")};
    const auto reading = read_for(bare("task-1"), listed);
    EXPECT_EQ(reading.ours, &listed[1]);
    EXPECT_TRUE(reading.certain);
    EXPECT_TRUE(reading.other_running);
}

TEST(TaskReading, FindsTheTaskByADecodedHandleOfAnotherSpelling) {
    // The same JSON with a space in it.
    const std::string spaced =
        "eyJ0YXNrSWQiOiAib3VycyIsInNvdXJjZUFybiI6ImFybjphd3M6c3FzOmV1LXdlc3Qt"
        "MToxMjM0NTY3ODkwMTI6b3JkZXJzLWRscSJ9";
    const tasks listed{entry("RUNNING", 300, 0, spaced)};
    EXPECT_EQ(read_for(bare(ours), listed).ours, &listed[0]);
}

TEST(TaskReading, TakesTheNewestRecordBeforeTheOrderForABareHandle) {
    const tasks listed{
        entry("COMPLETED", 43'201, 3), entry("CANCELLED", 300, 8), entry("COMPLETED", 200, 9)};
    const auto reading = read_for(bare(ours), listed);
    EXPECT_EQ(reading.ours, &listed[1]);
    EXPECT_FALSE(reading.certain);
}

TEST(TaskReading, ForgivesAClockThatIsSlightlyBehindWhenNothingElseCanBeTheRecord) {
    const tasks listed{entry("COMPLETED", 43'204, 3), entry("CANCELLED", 43'202, 8)};
    EXPECT_EQ(read_for(bare(ours), listed).ours, &listed[1]);
    const tasks later{entry("COMPLETED", 43'206, 3)};
    EXPECT_EQ(read_for(bare(ours), later).ours, nullptr);
}

TEST(TaskReading, NeverTakesARecordWithAnotherHandle) {
    const tasks listed{entry("CANCELLED", 300, 8, "task-2")};
    const auto reading = read_for(bare("task-1"), listed);
    EXPECT_EQ(reading.ours, nullptr);
    EXPECT_FALSE(reading.other_active);
    EXPECT_FALSE(reading.unclear);
}

TEST(TaskReading, HoldsAnyCancellingEntryForTheBareHandle) {
    const tasks listed{entry("RUNNING", 43'300, 0, next), entry("CANCELLING", 300, 8)};
    const auto reading = read_for(bare(ours), listed);
    EXPECT_EQ(reading.ours, &listed[1]);
    EXPECT_TRUE(reading.other_running);
}

TEST(TaskReading, LeavesACancellingEntryThatNamesAnotherTask) {
    const tasks listed{entry("CANCELLING", 300, 8, next)};
    const auto reading = read_for(bare(ours), listed);
    EXPECT_EQ(reading.ours, nullptr);
    EXPECT_TRUE(reading.other_active);
    EXPECT_FALSE(reading.other_running);
}

TEST(TaskReading, CannotTellARunningEntryWithoutAHandle) {
    const tasks listed{entry("RUNNING", 300, 0), entry("CANCELLED", 200, 8)};
    const auto reading = read_for(bare(ours), listed);
    EXPECT_EQ(reading.ours, nullptr);
    EXPECT_TRUE(reading.unclear);
}

TEST(TaskReading, KnowsARunningEntryThatStartedAfterTheOrderForANewTask) {
    const tasks listed{entry("RUNNING", 43'201, 0), entry("CANCELLED", 200, 8)};
    const auto reading = read_for(bare(ours), listed);
    EXPECT_EQ(reading.ours, &listed[1]);
    EXPECT_TRUE(reading.other_running);
}

TEST(TaskReading, KnowsADecodedHandleOfAnotherTaskWheneverItStarted) {
    const tasks listed{entry("RUNNING", 300, 0, next), entry("CANCELLED", 200, 8)};
    const auto reading = read_for(bare(ours), listed);
    EXPECT_EQ(reading.ours, &listed[1]);
    EXPECT_TRUE(reading.other_running);
}

TEST(TaskReading, DoubtsAnOlderTaskWithAnotherOpaqueHandleUntilOursIsCalledOver) {
    const tasks listed{entry("RUNNING", 300, 0, "AQEB-2"), entry("CANCELLED", 200, 8)};
    EXPECT_TRUE(read_for(bare("AQEB-1"), listed).unclear);
    EXPECT_EQ(read_for(bare("AQEB-1", true), listed).ours, &listed[1]);
}

TEST(TaskReading, FindsNothingInAnEmptyList) {
    const auto reading = read_for(bare(ours), {});
    EXPECT_EQ(reading.ours, nullptr);
    EXPECT_FALSE(reading.other_active || reading.unclear || reading.certain);
}

} // namespace
} // namespace redrive::flow
