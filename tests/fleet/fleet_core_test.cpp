#include "fleet/fleet_core.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include "hand_clock.hpp"

namespace redrive::detail {
namespace {

class FleetCore : public ::testing::Test {
  protected:
    std::shared_ptr<fleet_core> make(fleet_config config = {}) {
        if (config.accounts.empty()) {
            for (const auto* account : {"111111111111", "222222222222"}) {
                fleet_account given;
                given.name = account;
                given.account = account;
                given.region = "eu-west-1";
                given.endpoint_url = "http://127.0.0.1:9";
                config.accounts.push_back(given);
            }
        }
        config.time = clock_;
        return std::make_shared<fleet_core>(context_.get_executor(), std::move(config));
    }

    asio::io_context context_;
    std::shared_ptr<hand_clock> clock_ = std::make_shared<hand_clock>(context_);
};

TEST_F(FleetCore, ReadsTheConfigurationOnce) {
    const auto core = make();
    EXPECT_FALSE(core->is_prepared());
    EXPECT_FALSE(core->prepare());
    EXPECT_TRUE(core->is_prepared());
    EXPECT_FALSE(core->prepare());
    EXPECT_EQ(core->who().identities().size(), 2u);
}

TEST_F(FleetCore, SaysWhatIsWrongWithTheConfiguration) {
    fleet_config config;
    config.profiles = {"no-such-profile-anywhere"};
    config.accounts.emplace_back();
    const auto core = make(std::move(config));
    EXPECT_TRUE(core->prepare());
    EXPECT_FALSE(core->is_prepared());
}

TEST_F(FleetCore, HasOneCellForEachAccountAndRegion) {
    const auto core = make();
    ASSERT_FALSE(core->prepare());
    const auto cell_of = [&](std::size_t who, const std::string& region) {
        return std::get<cell*>(core->cell_for(who, region));
    };
    auto* first = cell_of(0, "eu-west-1");
    EXPECT_EQ(first, cell_of(0, "eu-west-1"));
    EXPECT_NE(first, cell_of(1, "eu-west-1"));
    EXPECT_NE(first, cell_of(0, "us-gov-west-1"));
    EXPECT_EQ(first->identity, "111111111111");
    EXPECT_EQ(first->account, "111111111111");
    EXPECT_EQ(first->region, "eu-west-1");
    EXPECT_EQ(first->partition, "aws");
    EXPECT_EQ(cell_of(0, "us-gov-west-1")->partition, "aws-us-gov");
}

TEST_F(FleetCore, RefusesACaFileThatCannotBeRead) {
    fleet_config config;
    fleet_account given;
    given.region = "eu-west-1";
    given.ca_bundle = "/no/such/file.pem";
    config.accounts.push_back(given);
    const auto core = make(std::move(config));
    const auto bad = core->prepare();
    ASSERT_TRUE(bad);
    EXPECT_EQ(bad->ec, client_errc::bad_ca_bundle);
}

TEST_F(FleetCore, SaysAgainThatACellCannotBeSetUp) {
    const auto core = make();
    ASSERT_FALSE(core->prepare());
    for (int i = 0; i < 2; ++i) {
        const auto found = core->cell_for(0, "");
        ASSERT_TRUE(std::holds_alternative<setup_error>(found));
        EXPECT_EQ(std::get<setup_error>(found).ec, client_errc::no_region);
    }
    EXPECT_EQ(core->progress().calls, 0u);
}

TEST_F(FleetCore, BoundsTheCallsOfACellByConnectionsAndDepth) {
    const struct {
        std::size_t connections;
        pipelining how;
        std::size_t depth, expected;
    } cases[] = {
        {4, pipelining::learnt, 16, 64},
        {4, pipelining::fixed, 8, 32},
        {4, pipelining::off, 16, 4},
        {0, pipelining::fixed, 0, 1},
    };
    for (const auto& each : cases) {
        fleet_config config;
        config.transport.max_connections = each.connections;
        config.transport.pipelining = each.how;
        config.transport.max_depth = each.depth;
        EXPECT_EQ(make(std::move(config))->calls_per_cell(), each.expected);
    }
}

TEST_F(FleetCore, RemembersWhoWasAccepted) {
    const auto core = make();
    EXPECT_FALSE(core->accepted_somewhere(1));
    core->was_accepted(1);
    EXPECT_TRUE(core->accepted_somewhere(1));
    EXPECT_FALSE(core->accepted_somewhere(0));
}

TEST_F(FleetCore, AddsTheCellsToItsProgress) {
    const auto core = make();
    ASSERT_FALSE(core->prepare());
    core->counters.ordered = 3;
    for (std::size_t who = 0; who < 2; ++who) {
        auto* where = std::get<cell*>(core->cell_for(who, "eu-west-1"));
        where->finished(flow::call_purpose::order, service_errc::throttled);
    }
    EXPECT_EQ(core->progress().ordered, 3u);
    EXPECT_EQ(core->progress().calls, 2u);
    EXPECT_EQ(core->progress().throttled, 2u);
}

TEST_F(FleetCore, InterruptsTheRunsThatAreLeft) {
    const auto core = make();
    const auto first = std::make_shared<run_control>(core->executor(), core->time(), std::nullopt);
    core->add_run(first);
    {
        const auto gone =
            std::make_shared<run_control>(core->executor(), core->time(), std::nullopt);
        core->add_run(gone);
    }
    const auto second = std::make_shared<run_control>(core->executor(), core->time(), std::nullopt);
    core->add_run(second);
    core->interrupt_all();
    EXPECT_TRUE(first->ending());
    EXPECT_TRUE(second->ending());
}

} // namespace
} // namespace redrive::detail
