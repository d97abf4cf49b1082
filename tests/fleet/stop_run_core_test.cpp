#include "fleet/stop_run_core.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "fleet_driver.hpp"
#include "live_bytes.hpp"
#include "simulated_service.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;

// A run whose targets are pushed, and the outcomes that it gave.
class pushed_run {
  public:
    pushed_run(fleet_driver& driver, stop_options how = {})
        : driver_{driver}, run{driver.subject.start_stop(how.on_outcome(
                               [this](const target_outcome& out) { outcomes.push_back(out); }))} {}

    // Whether the target was taken.
    error_code push(const target& what) {
        std::optional<error_code> answer;
        run.async_push(what, [&](error_code ec) { answer = ec; });
        driver_.run_until([&] { return answer.has_value(); });
        return *answer;
    }
    stop_report finish() {
        return driver_.wait_for<stop_report>(
            [&](auto handler) { run.async_finish(std::move(handler)); });
    }
    [[nodiscard]] std::size_t count(outcome is) const {
        return static_cast<std::size_t>(std::count_if(
            outcomes.begin(), outcomes.end(), [&](const auto& each) { return each.is == is; }));
    }

  private:
    fleet_driver& driver_;

  public:
    std::vector<target_outcome> outcomes;
    stop_run run;
};

const sim::fleet_plan ten_running{
    .queues = 10, .running = 10, .backlog = 10'000'000, .spread = false};

TEST(StopRunCore, TakesTargetsAtOnceWhileThereIsRoom) {
    simulated_service service{{.fleet = ten_running}};
    fleet_driver driver{service.config()};
    pushed_run run{driver};
    const auto state = service.state();
    std::size_t taken = 0;
    for (;; ++taken) {
        // One more task than there is room for: the others are of queues that do not exist.
        auto what = parsed(taken < state.tasks.size()
                               ? state.tasks[taken].handle
                               : arn_of(state.tasks[0]) + "-" + std::to_string(taken));
        if (!run.run.try_push(what)) {
            EXPECT_FALSE(run.push(what)) << "what is not taken is left as it was";
            break;
        }
        ASSERT_LT(taken, 10'000u);
    }
    EXPECT_GE(taken, 1000u);
    run.run.interrupt();
    auto late = parsed(state.tasks[0].handle);
    EXPECT_FALSE(run.run.try_push(late));
    EXPECT_EQ(run.finish().targets, taken + 1);
    EXPECT_EQ(run.outcomes.size(), taken + 1);
}

TEST(StopRunCore, GivesOneOutcomeForEachTargetThatIsPushed) {
    simulated_service service{{.fleet = ten_running}};
    fleet_driver driver{service.config()};
    pushed_run run{driver};
    for (const auto& task : service.state().tasks)
        EXPECT_FALSE(run.push(parsed(task.handle)));
    EXPECT_FALSE(run.push(parsed("two words")));
    const auto report = run.finish();
    EXPECT_EQ(report.targets, 11u);
    EXPECT_EQ(report.count(outcome::stopped), 10u);
    EXPECT_EQ(report.count(outcome::invalid), 1u);
    EXPECT_EQ(run.outcomes.size(), 11u);
    ASSERT_TRUE(report.first_order && report.last_order && report.last_proof);
    EXPECT_LE(*report.first_order, *report.last_order);
    EXPECT_LE(*report.last_order, *report.last_proof);
    EXPECT_FALSE(report.interrupted);
    EXPECT_FALSE(report.deadline_passed);
    EXPECT_EQ(service.state().count("CANCELLED"), 10u);
}

TEST(StopRunCore, EndsAtOnceWithoutTargets) {
    fleet_driver driver{{}};
    pushed_run run{driver};
    EXPECT_EQ(run.finish().targets, 0u);
}

TEST(StopRunCore, OrdersATaskOnceHoweverOftenItIsGiven) {
    simulated_service service{{.fleet = ten_running}};
    fleet_driver driver{service.config()};
    const auto task = service.state().tasks[0];
    const auto at_once = driver.cancel_all(std::vector(20, parsed(task.handle)));
    ASSERT_EQ(at_once.size(), 20u);
    for (const auto& each : at_once)
        EXPECT_EQ(each.is, outcome::stopped);
    EXPECT_EQ(service.state().calls["CancelMessageMoveTask"], 1);

    pushed_run run{driver};
    const auto other = parsed(service.state().tasks[1].handle);
    static_cast<void>(run.push(other));
    static_cast<void>(run.push(other)); // while the first is under way
    driver.run_until([&] { return run.outcomes.size() == 2; });
    static_cast<void>(run.push(other)); // when it is over
    const auto report = run.finish();
    EXPECT_EQ(report.count(outcome::stopped), 3u);
    EXPECT_EQ(service.state().calls["CancelMessageMoveTask"], 2);
}

TEST(StopRunCore, CountsTheMessagesOfATaskOnce) {
    simulated_service service{{.fleet = ten_running}};
    fleet_driver driver{service.config()};
    pushed_run run{driver};
    for (int i = 0; i < 5; ++i)
        static_cast<void>(run.push(parsed(service.state().tasks[0].handle)));
    const auto report = run.finish();
    EXPECT_EQ(report.count(outcome::stopped), 5u);
    EXPECT_EQ(report.moved_before, run.outcomes[0].moved_at_cancel);
    EXPECT_EQ(report.moved_after, run.outcomes[0].drift());
}

TEST(StopRunCore, SkipsWhatIsAboveTheCeiling) {
    simulated_service service{{.fleet = ten_running}};
    fleet_driver driver{service.config()};
    const auto tasks = service.state().tasks;
    std::vector<target> targets;
    for (const auto& task : tasks)
        targets.push_back(parsed(task.handle));
    targets.push_back(parsed("two words"));
    const auto out = driver.cancel_all(std::move(targets), stop_options{}.max_tasks(3));
    for (std::size_t i = 0; i < 10; ++i)
        EXPECT_EQ(out[i].is, i < 3 ? outcome::stopped : outcome::skipped);
    EXPECT_THAT(out[9].hint, ::testing::HasSubstr("--max-tasks"));
    EXPECT_EQ(out[10].is, outcome::invalid);
    EXPECT_EQ(service.state().count("RUNNING"), 7u);
}

TEST(StopRunCore, KeepsTheInputsOrderWhenAsked) {
    simulated_service service{
        {.fleet = ten_running, .faults = {"op=CancelMessageMoveTask,nth=1,do=delay:300"}}};
    fleet_driver driver{service.config()};
    pushed_run run{driver, stop_options{}.ordered(true)};
    std::uint64_t index = 0;
    for (const auto& task : service.state().tasks) {
        auto what = parsed(task.handle);
        what.input.index = index++;
        static_cast<void>(run.push(what));
    }
    static_cast<void>(run.finish());
    ASSERT_EQ(run.outcomes.size(), 10u);
    for (std::size_t i = 0; i < 10; ++i)
        EXPECT_EQ(run.outcomes[i].input.index, i);
}

TEST(StopRunCore, TriesTheNextIdentityWhenTheFirstIsDenied) {
    simulated_service service{
        {.fleet = {.accounts = 2, .queues = 4, .running = 4, .backlog = 10'000'000}}};
    auto config = service.config();
    for (auto& each : config.accounts)
        each.account.clear();
    fleet_driver driver{std::move(config)};
    const auto tasks = service.state().tasks;
    for (const auto& task : tasks) {
        const auto out = driver.cancel(parsed(task.handle));
        EXPECT_EQ(out.is, outcome::stopped);
        EXPECT_EQ(out.identity, "sim-" + task.account);
    }
}

TEST(StopRunCore, SkipsATargetOfAnAccountThatNobodyServes) {
    fleet_config config;
    config.accounts.push_back({.name = "prod", .account = "111111111111", .region = "eu-west-1"});
    fleet_driver driver{std::move(config)};
    const auto out = driver.cancel(parsed("arn:aws:sqs:eu-west-1:222222222222:q"));
    EXPECT_EQ(out.is, outcome::skipped);
    EXPECT_THAT(out.hint, ::testing::HasSubstr("111111111111"));
}

TEST(StopRunCore, RefusesEveryTargetWhenTheConfigurationIsBad) {
    fleet_config config;
    config.profiles = {"no-such-profile-anywhere"};
    fleet_driver driver{std::move(config)};
    pushed_run run{driver};
    EXPECT_FALSE(run.push(parsed("arn:aws:sqs:eu-west-1:222222222222:q")));
    const auto report = run.finish();
    EXPECT_EQ(report.count(outcome::invalid) + report.count(outcome::denied), 1u);
    EXPECT_TRUE(run.outcomes[0].ec);
    EXPECT_NE(run.outcomes[0].info.message, "");
}

TEST(StopRunCore, TakesNoMoreThanItCanHoldUntilOutcomesLeave) {
    simulated_service service{
        {.fleet = ten_running, .faults = {"op=CancelMessageMoveTask,do=delay:600000"}}};
    fleet_driver driver{service.config()};
    pushed_run run{driver};
    const auto what = parsed(service.state().tasks[0].handle);
    int taken = 0, refused = 0;
    for (int i = 0; i < 10'000; ++i)
        run.run.async_push(what, [&](error_code ec) { ++(ec ? refused : taken); });
    driver.run_until([&] { return taken >= 4096; });
    driver.context.restart();
    driver.context.run_for(20ms);
    EXPECT_EQ(taken, 4096); // all duplicates of one that hangs
    run.run.interrupt();
    const auto report = run.finish();
    EXPECT_EQ(taken, 4096);
    EXPECT_EQ(refused, 10'000 - 4096);
    EXPECT_EQ(report.targets, 4096u);
    EXPECT_EQ(report.count(outcome::unknown), 4096u);
    EXPECT_TRUE(report.interrupted);
    EXPECT_EQ(run.push(what), boost::asio::error::operation_aborted);
}

// Invariant: memory is bounded by what is in flight.
TEST(StopRunCore, HoldsNoMoreMemoryForTwoHundredThousandTargets) {
    simulated_service service{{.fleet = ten_running}};
    fleet_driver driver{service.config()};
    std::uint64_t decided = 0;
    auto run = driver.subject.start_stop(
        stop_options{}.on_outcome([&](const target_outcome&) { ++decided; }));
    const auto handle = service.state().tasks[0].handle;
    std::uint64_t pushed = 0;
    const auto push_up_to = [&](std::uint64_t total) {
        while (pushed < total) {
            const auto what =
                pushed % 2 == 0 ? parsed(handle) : parsed("junk " + std::to_string(pushed));
            bool taken = false;
            run.async_push(what, [&](error_code ec) { taken = !ec; });
            driver.run_until([&] { return taken; });
            ++pushed;
        }
    };
    push_up_to(10'000);
    const auto before = live_bytes();
    push_up_to(200'000);
    const auto after = live_bytes();
    EXPECT_LT(after, before + 2 * 1024 * 1024);
    const auto report =
        driver.wait_for<stop_report>([&](auto handler) { run.async_finish(std::move(handler)); });
    EXPECT_EQ(report.targets, 200'000u);
    EXPECT_EQ(decided, 200'000u);
    EXPECT_EQ(report.count(outcome::stopped), 100'000u);
    EXPECT_EQ(report.count(outcome::invalid), 100'000u);
    EXPECT_EQ(service.state().calls["CancelMessageMoveTask"], 1);
}

} // namespace
} // namespace redrive
