#include "cli/plan.hpp"

#include <gmock/gmock.h>

#include "cli/planned_targets.hpp"

namespace redrive::cli {
namespace {

using ::testing::HasSubstr;

queue_arn arn_of(const std::string& account, const std::string& queue) {
    return {"aws", "eu-west-1", account, queue};
}

found_task task(const std::string& account, const std::string& queue, std::int64_t left) {
    found_task found;
    found.account = account;
    found.region = "eu-west-1";
    found.queue = queue;
    found.task.source_arn = to_string(arn_of(account, queue));
    found.task.handle = task_handle::make("task-of-" + queue, arn_of(account, queue)).text();
    found.task.status = task_status{"RUNNING"};
    found.task.to_move = left;
    found.task.max_rate = 100;
    found.task.started = row_writer::wall_time{std::chrono::milliseconds{1000}};
    return found;
}

plan plan_of(std::initializer_list<found_task> tasks) {
    plan made;
    for (const auto& one : tasks)
        EXPECT_TRUE(made.add(one));
    made.sort_worst_first();
    return made;
}

constexpr auto one = "111111111111";
constexpr auto two = "222222222222";

TEST(Plan, ShowsTheWorstFirstAndCountsAccountsAndRegions) {
    const auto made = plan_of({task(one, "small", 10), task(two, "large", 5000)});
    EXPECT_EQ(made.tasks().front().queue, "large");
    EXPECT_EQ(made.accounts(), 2u);
    EXPECT_EQ(made.regions(), 1u);
    const auto text = made.text({}, std::nullopt, false);
    EXPECT_LT(text.find("large"), text.find("small"));
    EXPECT_THAT(text, HasSubstr("2 tasks in 2 accounts and 1 region."));
    EXPECT_THAT(text, HasSubstr("will not move back"));
    EXPECT_THAT(text, HasSubstr("may keep moving for some seconds"));
}

TEST(Plan, ShowsTheFirstRowsOfMany) {
    plan made;
    for (int i = 0; i < 60; ++i)
        ASSERT_TRUE(made.add(task(one, "q" + std::to_string(i), i)));
    EXPECT_THAT(made.text({}, std::nullopt, false), HasSubstr("... and 10 more"));
}

TEST(Plan, HoldsNoMoreThanItsBound) {
    plan made;
    const auto same = task(one, "q", 1);
    for (std::size_t i = 0; i < plan::most_tasks; ++i)
        ASSERT_TRUE(made.add(same));
    EXPECT_FALSE(made.add(same));
}

TEST(PlannedTargets, OfASearchKeepTheOrderOfThePlanAndTheirListing) {
    const auto targets =
        planned_targets(plan_of({task(one, "small", 10), task(two, "large", 5000)}));
    ASSERT_EQ(targets.size(), 2u);
    EXPECT_EQ(targets[0].source->name, "large");
    EXPECT_EQ(targets[1].input.index, 1u);
    EXPECT_TRUE(targets[0].listed && targets[0].handle && targets[0].started);
}

target given(const std::string& text, std::uint64_t index) {
    auto what = parse_target(text, {"eu-west-1", false});
    what.input.index = index;
    EXPECT_EQ(what.invalid, "");
    return what;
}

TEST(PlannedTargets, OfGivenOnesKeepTheirInputAndComeWorstFirst) {
    const auto made = plan_of({task(one, "small", 10), task(two, "large", 5000)});
    const auto targets = planned_targets({given(to_string(arn_of(one, "idle")), 0),
                                          given("small", 1),
                                          given(to_string(arn_of(two, "large")), 2)},
                                         made);
    ASSERT_EQ(targets.size(), 3u);
    EXPECT_EQ(targets[0].input.index, 2u);
    EXPECT_EQ(targets[1].input.index, 1u);
    EXPECT_EQ(targets[1].input.text, "small");
    EXPECT_TRUE(targets[1].listed);
    EXPECT_EQ(targets[2].input.index, 0u);
    EXPECT_FALSE(targets[2].listed);
}

TEST(PlannedTargets, DoNotTakeAnotherAccountsOrAnotherTasksListing) {
    const auto made = plan_of({task(one, "orders", 10)});
    const auto other_task = task_handle::make("another", arn_of(one, "orders"));
    const auto targets = planned_targets(
        {given(to_string(arn_of(two, "orders")), 0), given(other_task.text(), 1)}, made);
    EXPECT_FALSE(targets[0].listed);
    EXPECT_FALSE(targets[1].listed);
}

TEST(PlannedTargets, CountHandlesThatNameNoQueue) {
    EXPECT_EQ(count_unreadable({given("handle:opaque", 0), given("orders", 1)}), 1u);
}

} // namespace
} // namespace redrive::cli
