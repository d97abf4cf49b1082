#include "flow/connect_plan.hpp"

#include <gtest/gtest.h>

#include <string>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;

constexpr connect_plan::time start{1h};

// "4" and "6" are addresses, in the resolver's order; "!" behind one: it failed lately.
std::vector<connect_candidate> addresses(std::string_view text) {
    std::vector<connect_candidate> out;
    for (const char c : text) {
        if (c == '!')
            out.back().failed_lately = true;
        else
            out.push_back(
                {c == '6' ? connect_candidate::family::v6 : connect_candidate::family::v4, false});
    }
    return out;
}

// The positions in the order of the attempts, when each fails at once.
std::string order(std::string_view text) {
    connect_plan plan{addresses(text), {}};
    std::string out;
    while (const auto at = plan.to_start(start)) {
        out += std::to_string(*at);
        plan.failed(*at, start);
    }
    EXPECT_TRUE(plan.exhausted());
    return out;
}

TEST(ConnectPlan, AlternatesTheFamiliesFromTheResolversFirstOn) {
    EXPECT_EQ(order(""), "");
    EXPECT_EQ(order("4"), "0");
    EXPECT_EQ(order("444"), "012");
    EXPECT_EQ(order("6644"), "0213");
    EXPECT_EQ(order("4466"), "0213");
    EXPECT_EQ(order("66664"), "04123");
    EXPECT_EQ(order("4646"), "0123");
}

TEST(ConnectPlan, TriesWhatFailedLatelyLast) {
    EXPECT_EQ(order("4!4"), "10");
    EXPECT_EQ(order("6!644"), "1230");
    EXPECT_EQ(order("4!4!"), "01");
    EXPECT_EQ(order("6!6!44"), "2301");
}

TEST(ConnectPlan, StartsTheNextAttemptWhenTheLastIsAQuarterOfASecondOld) {
    connect_plan plan{addresses("64"), {}};
    EXPECT_EQ(plan.to_start(start), 0u);
    EXPECT_EQ(plan.to_start(start), std::nullopt);
    EXPECT_EQ(plan.next_event(), start + 250ms);
    EXPECT_EQ(plan.to_start(start + 249ms), std::nullopt);
    EXPECT_EQ(plan.to_start(start + 250ms), 1u);
    EXPECT_FALSE(plan.exhausted());
}

TEST(ConnectPlan, StartsTheNextAttemptAtOnceWhenOneFails) {
    connect_plan plan{addresses("646"), {}};
    EXPECT_EQ(plan.to_start(start), 0u);
    plan.failed(0, start + 10ms);
    EXPECT_EQ(plan.next_event(), start + 10ms);
    EXPECT_EQ(plan.to_start(start + 10ms), 1u);
    EXPECT_EQ(plan.to_start(start + 11ms), std::nullopt) << "the stagger begins anew";
    EXPECT_EQ(plan.to_start(start + 260ms), 2u);
}

TEST(ConnectPlan, GivesEachAddressItsOwnTime) {
    connect_plan plan{addresses("64"), {250ms, 1000ms}};
    EXPECT_EQ(plan.to_start(start), 0u);
    EXPECT_EQ(plan.to_start(start + 250ms), 1u);
    EXPECT_EQ(plan.next_event(), start + 1000ms);
    EXPECT_EQ(plan.to_give_up(start + 999ms), std::nullopt);
    EXPECT_EQ(plan.to_give_up(start + 1000ms), 0u);
    EXPECT_EQ(plan.to_give_up(start + 1000ms), std::nullopt);
    EXPECT_FALSE(plan.exhausted());
    EXPECT_EQ(plan.to_give_up(start + 1250ms), 1u);
    EXPECT_TRUE(plan.exhausted());
    EXPECT_EQ(plan.next_event(), std::nullopt);
}

TEST(ConnectPlan, NeverRunsLateOnALimitShorterThanTheStagger) {
    connect_plan plan{addresses("44"), {250ms, 100ms}};
    EXPECT_EQ(plan.to_start(start), 0u);
    EXPECT_EQ(plan.next_event(), start + 100ms);
    EXPECT_EQ(plan.to_give_up(start + 100ms), 0u);
    EXPECT_EQ(plan.to_start(start + 100ms), 1u);
}

} // namespace
} // namespace redrive::flow
