#include "sim/fleet_plan.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "sim/regions.hpp"

namespace redrive::sim {
namespace {

using namespace std::chrono_literals;

constexpr wall_time start{1'700'000'000'000ms};

struct totals {
    std::size_t queues = 0, running = 0, with_source = 0;
    std::size_t fewest_queues = SIZE_MAX, most_queues = 0;
};

totals count(const service& fleet) {
    totals sum;
    for (const auto& [key, cell] : fleet.cells()) {
        const auto queues = cell.queues.all().size();
        sum.queues += queues;
        sum.fewest_queues = std::min(sum.fewest_queues, queues);
        sum.most_queues = std::max(sum.most_queues, queues);
        sum.running += cell.tasks.all().size();
        for (const auto& task : cell.tasks.all())
            if (!cell.queues.sources_of(task->terms().source.name).empty()) ++sum.with_source;
    }
    return sum;
}

TEST(FleetPlan, SpreadsItsTotalsEvenlyOverAccountsAndRegions) {
    service fleet{{}, 1};
    populate(fleet, parse_fleet("accounts=3,regions=2,queues=100,running=40"), start);
    const auto sum = count(fleet);
    EXPECT_EQ(sum.queues, 100u);
    EXPECT_EQ(sum.running, 40u);
    EXPECT_EQ(sum.with_source, 40u);
    EXPECT_EQ(sum.fewest_queues, 16u);
    EXPECT_EQ(sum.most_queues, 17u);
    EXPECT_EQ(fleet.accounts().size(), 3u);
    EXPECT_TRUE(fleet.has_account("100000000001"));
    EXPECT_TRUE(fleet.has_account("100000000003"));
    EXPECT_EQ(fleet_regions()[0], "us-east-1");
}

TEST(FleetPlan, LetsTheCountOfQueuesDecideHowManySourcesAreLeft) {
    service fleet{{}, 1};
    populate(fleet, parse_fleet("queues=10,running=7"), start);
    const auto sum = count(fleet);
    EXPECT_EQ(sum.queues, 10u);
    EXPECT_EQ(sum.running, 7u);
    EXPECT_EQ(sum.with_source, 3u);
}

TEST(FleetPlan, SpreadsBacklogAndRateWithinBounds) {
    service fleet{{}, 1};
    populate(fleet, parse_fleet("queues=500,running=500,backlog=1000,rate=300"), start);
    std::int64_t backlog = 0;
    for (const auto& task : fleet.at("100000000001", "us-east-1").tasks.all()) {
        const auto& terms = task->terms();
        EXPECT_GE(terms.to_move, 250);
        EXPECT_LE(terms.to_move, 2500);
        EXPECT_GE(terms.max_rate.value(), 75);
        EXPECT_LE(terms.max_rate.value(), 500);
        backlog += terms.to_move;
    }
    EXPECT_NEAR(double(backlog) / 500, 1000, 150);
}

TEST(FleetPlan, FixesBacklogAndRateWithoutSpread) {
    service fleet{{}, 1};
    populate(fleet, parse_fleet("queues=3,running=3,backlog=70,rate=7,spread=0"), start);
    for (const auto& task : fleet.at("100000000001", "us-east-1").tasks.all()) {
        EXPECT_EQ(task->terms().to_move, 70);
        EXPECT_EQ(task->terms().max_rate, 7);
        EXPECT_EQ(task->moved(start + 2s), 14);
    }
}

TEST(FleetPlan, IsTheSameForTheSameSeed) {
    const auto first_handle = [](std::uint64_t seed) {
        service fleet{{}, seed};
        populate(fleet, parse_fleet("queues=1,running=1"), start);
        return fleet.at("100000000001", "us-east-1").tasks.all().front()->handle();
    };
    EXPECT_EQ(first_handle(1), first_handle(1));
    EXPECT_NE(first_handle(1), first_handle(2));
}

TEST(FleetPlan, PutsSuspendedAccountsBehindTheOthers) {
    service fleet{{}, 1};
    populate(fleet, parse_fleet("accounts=2,suspended=2,queues=4"), start);
    EXPECT_EQ(fleet.accounts(), (account_set{"100000000001", "100000000002"}));
    EXPECT_EQ(fleet.suspended_accounts(), (account_set{"100000000003", "100000000004"}));
    EXPECT_FALSE(fleet.has_account("100000000003"));
    EXPECT_EQ(count(fleet).queues, 4u);
}

TEST(FleetPlan, RefusesImpossiblePlans) {
    for (const auto* text : {"queues",
                             "queues=-1",
                             "queues=x",
                             "colour=1",
                             "queues=1,running=2",
                             "accounts=0",
                             "suspended=100001",
                             "regions=0",
                             "regions=35",
                             "rate=501",
                             "rate=0"})
        EXPECT_THROW((void)parse_fleet(text), std::invalid_argument) << text;
}

} // namespace
} // namespace redrive::sim
