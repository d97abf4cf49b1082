#include "flow/admission.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;
using time = admission::time;

const time start = time{} + 1000s;

admission open_gate(std::size_t max_in_flight = 100) {
    return {max_in_flight,
            {rate_limiter::unlimited(), rate_limiter::unlimited(), rate_limiter::unlimited()}};
}

// Everything that may go now, in its order.
std::vector<admission::ticket> all_that_may_go(admission& gate, time now = start) {
    std::vector<admission::ticket> out;
    while (const auto call = gate.next(now))
        out.push_back(*call);
    return out;
}

using tickets = std::vector<admission::ticket>;

TEST(Admission, LetsNobodyInWhenNobodyWaits) {
    auto gate = open_gate();
    EXPECT_EQ(gate.next(start), std::nullopt);
    EXPECT_EQ(gate.pause(), std::nullopt);
}

TEST(Admission, LetsOrdersGoFirstThenPagesThenReadings) {
    auto gate = open_gate();
    const auto search = gate.wait(call_purpose::search, 0);
    const auto page = gate.wait(call_purpose::search_page, 0);
    const auto order = gate.wait(call_purpose::order, 0);
    EXPECT_EQ(all_that_may_go(gate), (tickets{order, page, search}));
    EXPECT_EQ(gate.in_flight(), 3u);
    EXPECT_EQ(gate.waiting(), 0u);
}

TEST(Admission, LetsTheWorstDamageGoFirstAmongOrders) {
    auto gate = open_gate();
    const auto small = gate.wait(call_purpose::order, 10);
    const auto large = gate.wait(call_purpose::order, 1000);
    const auto medium = gate.wait(call_purpose::order, 100);
    EXPECT_EQ(all_that_may_go(gate), (tickets{large, medium, small}));
}

TEST(Admission, ServesEqualRanksAsTheyCame) {
    auto gate = open_gate();
    const auto first = gate.wait(call_purpose::order, 7);
    const auto second = gate.wait(call_purpose::order, 7);
    EXPECT_EQ(all_that_may_go(gate), (tickets{first, second}));
}

TEST(Admission, LetsProofsAndSearchesTakeTurns) {
    auto gate = open_gate();
    const auto s1 = gate.wait(call_purpose::search, 0), s2 = gate.wait(call_purpose::search, 0);
    const auto p1 = gate.wait(call_purpose::proof, 0), p2 = gate.wait(call_purpose::proof, 0);
    EXPECT_EQ(all_that_may_go(gate), (tickets{s1, p1, s2, p2}));
}

TEST(Admission, StopsAtTheBoundOfCallsInFlight) {
    auto gate = open_gate(1);
    const auto first = gate.wait(call_purpose::search, 0);
    const auto second = gate.wait(call_purpose::search, 0);
    EXPECT_EQ(all_that_may_go(gate), tickets{first});
    EXPECT_EQ(gate.pause(), std::nullopt); // nothing but an answer helps
    gate.finished(call_purpose::search, admission::reply::admitted, start);
    EXPECT_EQ(all_that_may_go(gate), tickets{second});
}

TEST(Admission, ForgetsACallThatIsWithdrawn) {
    auto gate = open_gate();
    const auto gone = gate.wait(call_purpose::order, 9);
    const auto stays = gate.wait(call_purpose::order, 1);
    gate.withdraw(gone);
    gate.withdraw(gone);
    EXPECT_EQ(gate.waiting(), 1u);
    EXPECT_EQ(all_that_may_go(gate), tickets{stays});
}

TEST(Admission, SaysHowLongToWaitForTheRate) {
    admission gate{
        100, {rate_limiter::fixed(1, start), rate_limiter::unlimited(), rate_limiter::unlimited()}};
    const auto first = gate.wait(call_purpose::order, 0);
    const auto second = gate.wait(call_purpose::order, 0);
    EXPECT_EQ(all_that_may_go(gate), tickets{first});
    ASSERT_TRUE(gate.pause());
    EXPECT_GT(*gate.pause(), 0s);
    EXPECT_LE(*gate.pause(), 1s + 1us);
    EXPECT_EQ(all_that_may_go(gate, start + *gate.pause()), tickets{second});
}

TEST(Admission, SaysTheShortestOfTwoWaits) {
    admission gate{
        100,
        {rate_limiter::fixed(1, start), rate_limiter::fixed(10, start), rate_limiter::unlimited()}};
    for (int i = 0; i < 30; ++i) {
        static_cast<void>(gate.wait(call_purpose::order, 0));
        static_cast<void>(gate.wait(call_purpose::search, 0));
    }
    all_that_may_go(gate);
    ASSERT_TRUE(gate.pause());
    EXPECT_LE(*gate.pause(), 100ms + 1us);
}

TEST(Admission, HoldsNothingElseUpWhenOneOperationIsLimited) {
    admission gate{
        100,
        {rate_limiter::fixed(1, start), rate_limiter::unlimited(), rate_limiter::fixed(1, start)}};
    static_cast<void>(gate.wait(call_purpose::order, 0));
    static_cast<void>(gate.wait(call_purpose::order, 0));
    static_cast<void>(gate.wait(call_purpose::search_page, 0));
    static_cast<void>(gate.wait(call_purpose::search_page, 0));
    const auto proof = gate.wait(call_purpose::proof, 0);
    const auto went = all_that_may_go(gate);
    ASSERT_EQ(went.size(), 3u);
    EXPECT_EQ(went.back(), proof);
}

struct throttle_case {
    call_purpose why;
    call_purpose other; // of the same operation, if there is one
};

TEST(Admission, SlowsTheOperationThatWasThrottled) {
    for (const auto& [why, other] :
         {throttle_case{call_purpose::order, call_purpose::order},
          throttle_case{call_purpose::search_page, call_purpose::search_page},
          throttle_case{call_purpose::proof, call_purpose::search},
          throttle_case{call_purpose::search, call_purpose::proof}}) {
        admission gate{100,
                       {rate_limiter::learnt(start),
                        rate_limiter::learnt(start),
                        rate_limiter::learnt(start)}};
        for (int i = 0; i < 10; ++i)
            static_cast<void>(gate.wait(why, 0));
        auto now = start;
        for (int i = 0; i < 10; ++i, now += 50ms)
            ASSERT_EQ(all_that_may_go(gate, now).size(), 1u);
        gate.finished(why, admission::reply::admitted, now);
        gate.finished(why, admission::reply::none, now);
        for (int i = 2; i < 10; ++i)
            gate.finished(why, admission::reply::throttled, now);
        EXPECT_EQ(gate.in_flight(), 0u);
        for (int i = 0; i < 100; ++i)
            static_cast<void>(gate.wait(other, 0));
        EXPECT_LT(all_that_may_go(gate, now).size(), 100u);
        EXPECT_TRUE(gate.pause());
    }
}

} // namespace
} // namespace redrive::flow
