#include "flow/depth.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace redrive::flow {
namespace {

// A full window of the current depth that is drained in order.
void drain_a_window(depth& host) {
    for (auto in_flight = host.current(); in_flight > 0; --in_flight) {
        host.answered_in_order(in_flight);
    }
}

std::vector<std::size_t> course(depth host, int windows) {
    std::vector<std::size_t> depths{host.current()};
    for (int i = 0; i < windows; ++i) {
        drain_a_window(host);
        depths.push_back(host.current());
    }
    return depths;
}

TEST(Depth, FollowsItsModeFromWindowToWindow) {
    struct row {
        const char* name;
        depth::mode how;
        std::size_t maximum;
        std::vector<std::size_t> depths; // at first, and after each whole window
    };
    const std::vector<row> table{
        {"off stays at one", depth::mode::off, 16, {1, 1, 1, 1}},
        {"learnt doubles to the default", depth::mode::learnt, 16, {1, 2, 4, 8, 16, 16}},
        {"learnt stops at an odd maximum", depth::mode::learnt, 5, {1, 2, 4, 5, 5}},
        {"learnt with a maximum of one", depth::mode::learnt, 1, {1, 1, 1}},
        {"learnt with a maximum of zero", depth::mode::learnt, 0, {1, 1, 1}},
        {"fixed from the first write", depth::mode::fixed, 8, {8, 8, 8}},
        {"fixed with a maximum of zero", depth::mode::fixed, 0, {1, 1}},
    };
    for (const auto& row : table) {
        SCOPED_TRACE(row.name);
        const auto windows = static_cast<int>(row.depths.size()) - 1;
        EXPECT_EQ(course(depth{row.how, row.maximum}, windows), row.depths);
    }
}

TEST(Depth, StaysWhenLessThanAWindowWasInFlight) {
    depth host{depth::mode::learnt, 16};
    drain_a_window(host);
    drain_a_window(host);
    ASSERT_EQ(host.current(), 4u);
    for (int i = 0; i < 100; ++i) {
        host.answered_in_order(3);
        host.answered_in_order(2);
        host.answered_in_order(1);
    }
    EXPECT_EQ(host.current(), 4u);
}

TEST(Depth, GrowsWhileAWindowIsRefilledAsItDrains) {
    depth host{depth::mode::learnt, 16};
    for (int i = 0; i < 1 + 2 + 4 + 8; ++i)
        host.answered_in_order(host.current());
    EXPECT_EQ(host.current(), 16u);
}

TEST(Depth, DistrustsAHostForEverAfterALossInMidWindow) {
    for (const auto how : {depth::mode::learnt, depth::mode::fixed}) {
        depth host{how, 16};
        drain_a_window(host);
        drain_a_window(host);
        host.lost(2);
        EXPECT_TRUE(host.distrusted());
        EXPECT_EQ(host.current(), 1u);
        for (int i = 0; i < 50; ++i)
            drain_a_window(host);
        EXPECT_EQ(host.current(), 1u);
    }
}

TEST(Depth, ForgivesALossWithAtMostOneRequestInFlight) {
    for (const std::size_t in_flight : {0u, 1u}) {
        depth host{depth::mode::learnt, 16};
        drain_a_window(host);
        drain_a_window(host);
        host.lost(in_flight);
        EXPECT_FALSE(host.distrusted());
        EXPECT_EQ(host.current(), 4u);
        drain_a_window(host);
        EXPECT_EQ(host.current(), 8u);
    }
}

TEST(Depth, CountsAWindowAnewAfterALoss) {
    depth host{depth::mode::learnt, 16};
    drain_a_window(host);
    ASSERT_EQ(host.current(), 2u);
    host.answered_in_order(2);
    host.lost(1);
    host.answered_in_order(2);
    EXPECT_EQ(host.current(), 2u) << "half a window before the loss, half after it";
    host.answered_in_order(1);
    EXPECT_EQ(host.current(), 4u);
}

TEST(Depth, CountsNoWindowThatAnAnnouncedCloseCutShort) {
    depth host{depth::mode::learnt, 16};
    host.answered_in_order(1);
    ASSERT_EQ(host.current(), 2u);
    for (int i = 0; i < 10; ++i) {
        host.answered_in_order(2);
        host.cut_short();
    }
    EXPECT_EQ(host.current(), 2u);
    EXPECT_FALSE(host.distrusted());
}

} // namespace
} // namespace redrive::flow
