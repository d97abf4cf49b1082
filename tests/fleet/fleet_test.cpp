#include "redrive/fleet.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "expect_truth.hpp"
#include "fleet_driver.hpp"
#include "simulated_service.hpp"

namespace redrive {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using steady = std::chrono::steady_clock;

// Real time for what takes so long in the fleet's.
constexpr auto real(steady::duration fleets) {
    return fleets / quick_time::times_faster;
}

const sim::fleet_plan two_hundred{
    .accounts = 4, .regions = 2, .queues = 400, .running = 200, .backlog = 10'000'000};

std::vector<target> found_targets(fleet_driver& driver) {
    std::vector<target> out;
    static_cast<void>(driver.find(
        find_options{}.on_task([&](const found_task& task) { out.push_back(to_target(task)); })));
    return out;
}

// What the report counts, told by hand.
void expect_counts(const stop_report& report, const std::vector<target_outcome>& outcomes) {
    std::array<std::uint64_t, 11> counts{};
    for (const auto& each : outcomes)
        ++counts[static_cast<std::size_t>(each.is)];
    EXPECT_EQ(report.targets, outcomes.size());
    EXPECT_EQ(report.counts, counts);
}

TEST(Fleet, FindsAndStopsEverything) {
    simulated_service service{{.fleet = two_hundred}};
    fleet_driver driver{service.config()};
    std::vector<target_outcome> outcomes;
    const auto report = driver.stop_found(
        {}, stop_options{}.on_outcome([&](const auto& out) { outcomes.push_back(out); }));
    EXPECT_FALSE(driver.last_error);
    expect_counts(report, outcomes);
    EXPECT_EQ(report.count(outcome::stopped), 200u);
    ASSERT_TRUE(report.search);
    EXPECT_EQ(report.search->queues, 400u);
    const auto truth = service.state();
    expect_truth(outcomes, truth);
    EXPECT_EQ(truth.count("CANCELLED"), 200u);
    EXPECT_THAT(truth.forbidden, ::testing::IsEmpty());
    std::set<std::uint64_t> indices;
    for (const auto& each : outcomes)
        indices.insert(each.input.index);
    EXPECT_EQ(indices.size(), 200u); // each task has a number of its own
}

TEST(Fleet, OrdersTheWorstDamageFirst) {
    simulated_service service{
        {.fleet = {.queues = 200, .running = 200, .backlog = 10'000'000, .rate = 200}}};
    auto config = service.config();
    config.rate = 30; // slower than the targets come
    fleet_driver driver{std::move(config)};
    auto targets = found_targets(driver);
    ASSERT_EQ(targets.size(), 200u);
    std::map<std::string, double> damage;
    for (const auto& each : targets)
        damage[to_string(*each.source)] = each.listed->damage();
    std::shuffle(targets.begin(), targets.end(), std::mt19937{7});
    const auto outcomes = driver.cancel_all(std::move(targets));
    std::vector<std::pair<std::string, double>> in_order; // by the service's clock
    for (const auto& task : service.state().tasks)
        in_order.emplace_back(task.ordered_at, damage[arn_of(task)]);
    std::sort(in_order.begin(), in_order.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : a.second > b.second;
    });
    // A few leave before all the others are known, and some are in flight at once.
    std::vector<double> by_harm;
    for (const auto& each : in_order)
        by_harm.push_back(each.second);
    std::sort(by_harm.begin(), by_harm.end(), std::greater<>{});
    const auto place_of = [&](double harm) {
        const auto at = std::find_if(in_order.begin(), in_order.end(), [&](const auto& each) {
            return each.second == harm;
        });
        return at - in_order.begin();
    };
    for (std::size_t i = 0; i < 20; ++i) {
        EXPECT_LT(place_of(by_harm[i]), 80) << i;
        EXPECT_GT(place_of(by_harm[199 - i]), 120) << i;
    }
}

TEST(Fleet, OrdersQueuesByTheDamageThatTheirListShows) {
    simulated_service service{
        {.fleet = {.queues = 60, .running = 60, .backlog = 10'000'000, .rate = 200},
         .faults = {"op=CancelMessageMoveTask,nth=1,do=delay:100"}}};
    auto config = service.config();
    config.transport.max_connections = 1; // the first order holds up the others
    config.transport.pipelining = pipelining::off;
    fleet_driver driver{std::move(config)};
    std::map<std::string, double> damage;
    for (const auto& each : found_targets(driver))
        damage[to_string(*each.source)] = each.listed->damage();
    std::vector<target> arns;
    for (const auto& [arn, harm] : damage)
        arns.push_back(parsed(arn));
    const auto outcomes = driver.cancel_all(std::move(arns));
    for (const auto& each : outcomes)
        EXPECT_EQ(each.is, outcome::stopped) << each.source_arn;
}

TEST(Fleet, IsNotHeldUpByADeadAccount) {
    const auto dead = sim::fleet_account(2);
    simulated_service service{
        {.fleet = {.accounts = 6, .queues = 120, .running = 60, .backlog = 10'000'000},
         .faults = {"account=" + dead + ",do=delay:600000"}}};
    fleet_driver driver{service.config()};
    const auto began = steady::now();
    steady::duration last_other{};
    const auto report = driver.stop_found(
        {}, stop_options{}.deadline(20s).on_outcome([&](const target_outcome& out) {
            EXPECT_NE(out.account, dead);
            last_other = steady::now() - began;
        }));
    EXPECT_EQ(report.count(outcome::stopped), 50u);
    EXPECT_LT(last_other, real(15s));
    ASSERT_EQ(report.search->unsearched.size(), 1u);
    EXPECT_EQ(report.search->unsearched[0].account, dead);
    EXPECT_EQ(report.search->unsearched[0].why, unsearched_part::cause::unreachable);
    EXPECT_TRUE(report.deadline_passed);
}

TEST(Fleet, IsNotHeldUpByAnAccountWhoseListsHang) {
    const auto dead = sim::fleet_account(0);
    simulated_service service{
        {.fleet = {.accounts = 6, .queues = 1200, .running = 60, .backlog = 10'000'000},
         .faults = {"op=ListMessageMoveTasks,account=" + dead + ",do=delay:600000"}}};
    fleet_driver driver{service.config()};
    const auto began = steady::now();
    steady::duration last_other{};
    const auto report =
        driver.stop_found({}, stop_options{}.deadline(20s).on_outcome([&](const target_outcome&) {
            last_other = steady::now() - began;
        }));
    EXPECT_EQ(report.count(outcome::stopped), 50u);
    EXPECT_LT(last_other, real(15s));
}

TEST(Fleet, IsNotHeldUpByAnAccountWhoseListsHangWhereNothingIsPipelined) {
    const auto dead = sim::fleet_account(0);
    simulated_service service{
        {.fleet = {.accounts = 6, .queues = 1200, .running = 60, .backlog = 10'000'000},
         .faults = {"op=ListMessageMoveTasks,account=" + dead + ",do=delay:600000",
                    "every=10,do=drop-pipeline"}}};
    fleet_driver driver{service.config()};
    const auto began = steady::now();
    steady::duration last_other{};
    const auto report =
        driver.stop_found({}, stop_options{}.deadline(20s).on_outcome([&](const target_outcome&) {
            last_other = steady::now() - began;
        }));
    EXPECT_EQ(report.count(outcome::stopped), 50u);
    EXPECT_LT(last_other, real(15s));
}

TEST(Fleet, IsNotHeldUpByAThrottledAccount) {
    const auto slow = sim::fleet_account(1);
    simulated_service service{
        {.fleet = {.accounts = 4, .queues = 80, .running = 40, .backlog = 10'000'000},
         .faults = {"op=CancelMessageMoveTask,account=" + slow + ",do=throttle"}}};
    fleet_driver driver{service.config()};
    const auto began = steady::now();
    std::map<outcome, steady::duration> last;
    const auto report = driver.stop_found(
        {}, stop_options{}.deadline(30s).on_outcome([&](const target_outcome& out) {
            last[out.is] = steady::now() - began;
        }));
    EXPECT_EQ(report.count(outcome::stopped), 30u);
    // An order that was in flight at the deadline may have been taken.
    EXPECT_EQ(report.count(outcome::throttled) + report.count(outcome::unknown), 10u);
    EXPECT_GE(report.count(outcome::throttled), 5u);
    EXPECT_LT(last[outcome::stopped], real(20s));
    EXPECT_GE(last[outcome::throttled], real(29s));
}

TEST(Fleet, EndsAtItsDeadlineWithOneOutcomeForEachTarget) {
    simulated_service service{{.fleet = {.queues = 200, .running = 200, .backlog = 10'000'000},
                               .limits = {"CancelMessageMoveTask=50/s"}}};
    auto config = service.config();
    config.rate = 2;
    fleet_driver driver{std::move(config)};
    auto targets = std::vector<target>{};
    for (const auto& task : service.state().tasks)
        targets.push_back(parsed(task.handle));
    const auto began = steady::now();
    const auto outcomes = driver.cancel_all(targets, stop_options{}.deadline(10s));
    EXPECT_LT(steady::now() - began, real(10s) + 1s);
    ASSERT_EQ(outcomes.size(), 200u);
    const auto truth = service.state();
    expect_truth(outcomes, truth);
    EXPECT_GT(truth.count("RUNNING"), 100u);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        EXPECT_EQ(outcomes[i].input.index, i);
        if (truth.of_handle(targets[i].handle->text())->status == "RUNNING") {
            EXPECT_EQ(outcomes[i].is, outcome::unknown);
        }
    }
}

TEST(Fleet, EndsWithinTwoSecondsOfAnInterrupt) {
    simulated_service service{
        {.fleet = two_hundred, .faults = {"op=CancelMessageMoveTask,every=3,do=delay:600000"}}};
    fleet_driver driver{service.config()};
    auto targets = std::vector<target>{};
    for (const auto& task : service.state().tasks)
        targets.push_back(parsed(task.handle));
    std::size_t stopped = 0;
    asio::cancellation_signal interrupt;
    steady::time_point interrupted;
    const auto how = stop_options{}.on_outcome([&](const target_outcome& out) {
        stopped += out.is == outcome::stopped ? 1 : 0;
        if (stopped != 20 || interrupted != steady::time_point{}) return;
        interrupted = steady::now();
        interrupt.emit(asio::cancellation_type::terminal);
    });
    const auto outcomes = driver.wait_for<std::vector<target_outcome>>([&](auto handler) {
        driver.subject.async_cancel_all(
            targets, how, asio::bind_cancellation_slot(interrupt.slot(), std::move(handler)));
    });
    ASSERT_NE(interrupted, steady::time_point{});
    EXPECT_LT(steady::now() - interrupted, real(2s) + 1s);
    ASSERT_EQ(outcomes.size(), 200u);
    const auto ordered = service.state().calls["CancelMessageMoveTask"];
    expect_truth(outcomes, service.state());
    EXPECT_GE(std::count_if(outcomes.begin(),
                            outcomes.end(),
                            [](const auto& each) { return each.is == outcome::unknown; }),
              40);
    driver.context.restart();
    driver.context.run_for(50ms);
    EXPECT_EQ(service.state().calls["CancelMessageMoveTask"], ordered); // nothing is sent any more
}

TEST(Fleet, ReportsAnInterruptedSearch) {
    simulated_service service{{.fleet = two_hundred, .faults = {"op=ListQueues,do=delay:600000"}}};
    fleet_driver driver{service.config()};
    asio::cancellation_signal interrupt;
    asio::post(driver.context, [&] { interrupt.emit(asio::cancellation_type::terminal); });
    const auto report = driver.wait_for<stop_report>([&](auto handler) {
        driver.subject.async_stop_found(
            {}, {}, asio::bind_cancellation_slot(interrupt.slot(), std::move(handler)));
    });
    EXPECT_FALSE(driver.last_error);
    EXPECT_TRUE(report.interrupted);
    EXPECT_EQ(report.targets, 0u);
    EXPECT_EQ(report.search->unsearched.size(), 8u);
}

TEST(Fleet, CompletesWhatIsUnderWayWhenItIsDestroyed) {
    simulated_service service{{.fleet = two_hundred, .faults = {"do=delay:600000"}}};
    asio::io_context context;
    auto subject = std::make_unique<fleet>(context.get_executor(), service.config());
    std::optional<stop_report> found, pushed;
    std::optional<std::vector<target_outcome>> cancelled;
    subject->async_stop_found({}, {}, [&](error_code, stop_report r) { found = std::move(r); });
    subject->async_cancel_all({parsed(service.state().tasks[0].handle)},
                              {},
                              [&](error_code, auto r) { cancelled = std::move(r); });
    auto run = subject->start_stop({});
    run.async_push(parsed(service.state().tasks[1].handle), [](error_code) {});
    run.async_finish([&](error_code, stop_report r) { pushed = std::move(r); });
    context.run_for(20ms);
    subject.reset();
    context.restart();
    const auto began = steady::now();
    while (!(found && cancelled && pushed) && context.run_one_for(10s) > 0) {
    }
    EXPECT_LT(steady::now() - began, real(2s) + 1s);
    ASSERT_TRUE(found && cancelled && pushed);
    EXPECT_EQ(cancelled->at(0).is, outcome::unknown);
    EXPECT_EQ(pushed->count(outcome::unknown), 1u);
}

TEST(Fleet, MayBeDestroyedWithItsContextAtAnyMoment) {
    simulated_service service{{.fleet = two_hundred}};
    for (const auto after : {0ms, 1ms, 5ms, 20ms, 60ms}) {
        asio::io_context context;
        fleet subject{context.get_executor(), service.config()};
        subject.async_stop_found({}, {}, [](error_code, const stop_report&) {});
        context.run_for(after);
    }
}

TEST(Fleet, GivesTheErrorOfItsConfiguration) {
    fleet_config config;
    config.profiles = {"no-such-profile-anywhere"};
    fleet_driver driver{std::move(config)};
    diagnostics info;
    EXPECT_TRUE(driver.subject.check(info));
    EXPECT_NE(info.message, "");
    EXPECT_EQ(driver.subject.extent(), (std::pair<std::size_t, std::size_t>{0, 0}));
    EXPECT_EQ(driver.subject.default_region(), "");
    static_cast<void>(driver.find({}));
    EXPECT_TRUE(driver.last_error);
    static_cast<void>(driver.stop_found({}));
    EXPECT_TRUE(driver.last_error);
    static_cast<void>(driver.cancel_all({parsed("orders-dlq")}));
    EXPECT_TRUE(driver.last_error);
}

TEST(Fleet, KnowsItsExtentAndItsOnlyRegion) {
    simulated_service service{{.fleet = {.accounts = 3}}};
    fleet_driver one_region{service.config()};
    diagnostics info;
    EXPECT_FALSE(one_region.subject.check(info));
    EXPECT_EQ(one_region.subject.extent(), (std::pair<std::size_t, std::size_t>{3, 3}));
    EXPECT_EQ(one_region.subject.default_region(), "us-east-1");
    auto config = service.config();
    config.regions = {"us-east-1", "eu-west-1"};
    fleet_driver two_regions{std::move(config)};
    EXPECT_FALSE(two_regions.subject.check(info));
    EXPECT_EQ(two_regions.subject.default_region(), "");
}

TEST(Fleet, ShowsItsProgress) {
    simulated_service service{{.fleet = two_hundred}};
    fleet_driver driver{service.config()};
    EXPECT_EQ(driver.subject.progress().parts, 0u);
    static_cast<void>(driver.stop_found({}));
    const auto now = driver.subject.progress();
    EXPECT_EQ(now.parts, 8u);
    EXPECT_EQ(now.parts_searched, 8u);
    EXPECT_EQ(now.queues, 400u);
    EXPECT_EQ(now.queues_read, 400u);
    EXPECT_EQ(now.found, 200u);
    EXPECT_EQ(now.targets, 200u);
    EXPECT_EQ(now.ordered, 200u);
    EXPECT_EQ(now.accepted, 200u);
    EXPECT_EQ(now.confirmed, 200u);
    EXPECT_EQ(now.decided, 200u);
    EXPECT_EQ(now.calls_in_flight, 0u);
    EXPECT_GE(now.calls, 800u); // a page, a reading, an order and a proof at the least

    EXPECT_GT(now.connections, 0u);
}

TEST(Fleet, IsAwaitedWithItsOptionsInTheExpression) {
    simulated_service service{{.fleet = {.queues = 2, .running = 2, .backlog = 10'000'000}}};
    asio::io_context context;
    fleet subject{context.get_executor(), service.config()};
    const std::vector targets{parsed(service.state().tasks[0].handle)};
    const std::vector<std::string> globs{"orders-*"};
    std::optional<outcome> is;
    asio::co_spawn(
        context,
        [&]() -> asio::awaitable<void> {
            static_cast<void>(
                co_await subject.async_find(find_options{}.match(globs), asio::use_awaitable));
            const auto outcomes = co_await subject.async_cancel_all(
                targets,
                stop_options{}.on_outcome([](const target_outcome&) {}),
                asio::use_awaitable);
            is = outcomes.at(0).is;
            static_cast<void>(co_await subject.async_stop_found(
                find_options{}.match(globs), stop_options{}.max_tasks(1), asio::use_awaitable));
        },
        asio::detached);
    while (!is && context.run_one_for(10s) > 0) {
    }
    EXPECT_EQ(is, outcome::stopped);
}

TEST(Fleet, MovesWithWhatItDoes) {
    simulated_service service{{.fleet = {.queues = 2, .running = 2, .backlog = 10'000'000}}};
    asio::io_context context;
    fleet first{context.get_executor(), service.config()};
    auto run = first.start_stop({});
    fleet second{std::move(first)};
    fleet third{context.get_executor()};
    third = std::move(second);
    auto moved = std::move(run);
    run = third.start_stop({});
    run = std::move(moved);
    std::optional<stop_report> report;
    run.async_push(parsed(service.state().tasks[0].handle), [](error_code) {});
    run.async_finish([&](error_code, stop_report r) { report = std::move(r); });
    while (!report && context.run_one_for(10s) > 0) {
    }
    ASSERT_TRUE(report);
    EXPECT_EQ(report->count(outcome::stopped), 1u);
    EXPECT_EQ(third.get_executor(), asio::any_io_executor{context.get_executor()});
}

} // namespace
} // namespace redrive
