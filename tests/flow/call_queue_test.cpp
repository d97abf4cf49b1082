#include "flow/call_queue.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace redrive::flow {
namespace {

constexpr auto cancels = traffic_class::cancels;
constexpr auto others = traffic_class::others;

struct named_call : call_queue::entry {
    named_call(std::string text, lane where) : entry{where}, name{std::move(text)} {}
    std::string name;
};

// A queue and the calls in it, named.
class line_up {
  public:
    named_call& make(const std::string& name, lane where) {
        calls_.push_back(std::make_unique<named_call>(name, where));
        return *calls_.back();
    }
    named_call& add(const std::string& name, lane where) {
        auto& call = make(name, where);
        queue.push_back(call);
        return call;
    }
    // All that is left, in the order in which it is taken.
    std::string drained() {
        std::string out;
        while (auto* call = queue.take_any())
            out += name_of(call);
        return out;
    }
    static std::string name_of(call_queue::entry* call) {
        return call ? static_cast<named_call*>(call)->name : "-";
    }

    call_queue queue;

  private:
    std::vector<std::unique_ptr<named_call>> calls_;
};

TEST(CallQueue, IsEmptyAtFirst) {
    line_up line;
    EXPECT_TRUE(line.queue.empty());
    EXPECT_EQ(line.queue.take_any(), nullptr);
    EXPECT_EQ(line.queue.take_from({others, 1}), nullptr);
    EXPECT_FALSE(line.queue.waits_in({others, 1}));
    EXPECT_FALSE(line.queue.waits_elsewhere({others, 1}));
}

TEST(CallQueue, ServesOneLaneInTheOrderOfArrival) {
    line_up line;
    for (const auto* name : {"a", "b", "c"})
        line.add(name, {others, 1});
    EXPECT_EQ(line.queue.size(), 3u);
    EXPECT_EQ(line.drained(), "abc");
    EXPECT_TRUE(line.queue.empty());
}

TEST(CallQueue, ServesCancelsFirst) {
    line_up line;
    line.add("l", {others, 1});
    line.add("c", {cancels, 9});
    EXPECT_EQ(line.drained(), "cl");
}

TEST(CallQueue, LetsLanesOfOneClassTakeTurns) {
    line_up line;
    for (const auto* name : {"a", "b", "c"})
        line.add(name, {others, 1});
    line.add("x", {others, 2});
    line.add("y", {others, 2});
    line.add("m", {others, 3});
    EXPECT_EQ(line.drained(), "axmbyc");
}

TEST(CallQueue, RemembersTheTurnOfEachClass) {
    line_up line;
    line.add("a", {others, 1});
    line.add("x", {others, 2});
    EXPECT_EQ(line_up::name_of(line.queue.take_any()), "a");
    line.add("c", {cancels, 5});
    line.add("b", {others, 1});
    EXPECT_EQ(line.drained(), "cxb");
}

TEST(CallQueue, PutsACallBackToTheHeadOfItsLane) {
    line_up line;
    line.add("b", {others, 1});
    line.queue.push_front(line.make("a", {others, 1}));
    EXPECT_EQ(line.drained(), "ab");
    line.queue.push_front(line.make("c", {others, 1}));
    EXPECT_EQ(line.drained(), "c");
}

TEST(CallQueue, PassesOverLanesThatMayNotBeServed) {
    line_up line;
    line.add("c", {cancels, 1});
    line.add("a", {others, 1});
    line.add("x", {others, 2});
    line.add("m", {others, 3});
    const auto but_first = [](const lane& where) { return where.account != 1; };
    std::string served;
    while (auto* call = line.queue.take_any(but_first))
        served += line_up::name_of(call);
    EXPECT_EQ(served, "xm");
    EXPECT_EQ(line.queue.size(), 2u);
    EXPECT_EQ(line.drained(), "ca");
}

TEST(CallQueue, ServesTheLanesBeforeTheTurnAfterThoseBehindIt) {
    line_up line;
    line.add("x", {others, 2});
    EXPECT_EQ(line.drained(), "x"); // the turn is behind lane 2 now
    line.add("a", {others, 1});
    line.add("y", {others, 2});
    line.add("m", {others, 3});
    EXPECT_EQ(line.drained(), "may");
}

TEST(CallQueue, TakesFromOneLaneOnly) {
    line_up line;
    line.add("a", {others, 1});
    line.add("x", {others, 2});
    EXPECT_EQ(line_up::name_of(line.queue.take_from({others, 2})), "x");
    EXPECT_EQ(line_up::name_of(line.queue.take_from({others, 2})), "-");
    EXPECT_EQ(line_up::name_of(line.queue.take_from({others, 1})), "a");
}

TEST(CallQueue, KeepsAWindowOfListsWaitingWhileACancelWaits) {
    line_up line;
    line.add("a", {others, 1});
    line.add("c", {cancels, 1});
    EXPECT_EQ(line_up::name_of(line.queue.take_from({others, 1})), "-");
    EXPECT_EQ(line_up::name_of(line.queue.take_from({cancels, 1})), "c");
    EXPECT_EQ(line_up::name_of(line.queue.take_from({others, 1})), "a");
}

TEST(CallQueue, KnowsWhereCallsWait) {
    line_up line;
    auto& call = line.add("a", {others, 1});
    EXPECT_TRUE(line.queue.waits_in({others, 1}));
    EXPECT_FALSE(line.queue.waits_elsewhere({others, 1}));
    EXPECT_TRUE(line.queue.waits_elsewhere({cancels, 1}));
    EXPECT_EQ(call.in_lane(), (lane{others, 1}));
    EXPECT_TRUE(call.is_queued());
    line.queue.withdraw(call);
    EXPECT_FALSE(call.is_queued());
    EXPECT_FALSE(line.queue.waits_in({others, 1}));
}

TEST(CallQueue, LosesNobodyWhenOneLeavesAnywhereInItsLane) {
    for (std::size_t leaves = 0; leaves < 3; ++leaves) {
        line_up line;
        std::vector<named_call*> calls;
        for (const auto* name : {"a", "b", "c"})
            calls.push_back(&line.add(name, {others, 1}));
        line.queue.withdraw(*calls[leaves]);
        line.queue.withdraw(*calls[leaves]); // it is not there any more
        line.add("d", {others, 1});
        std::string expected = "abcd";
        expected.erase(leaves, 1);
        EXPECT_EQ(line.queue.size(), 3u);
        EXPECT_EQ(line.drained(), expected);
    }
}

} // namespace
} // namespace redrive::flow
