#include "flow/pool_plan.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace redrive::flow {
namespace {

TEST(PoolPlan, OpensWhatTheWaitingCallsFillAndNoMore) {
    struct row {
        const char* name;
        pool_view view; // waiting, room, open, opening, depth, max_connections, max_opening
        std::size_t to_open;
    };
    const std::vector<row> table{
        {"nothing waits", {0, 0, 0, 0, 1, 10, 4}, 0},
        {"nothing waits, all are busy", {0, 0, 10, 0, 1, 10, 4}, 0},
        {"the first at once", {1, 0, 0, 0, 1, 10, 4}, 1},
        {"the first at once, at any depth", {1, 0, 0, 0, 16, 10, 4}, 1},
        {"one for each call at depth 1", {3, 0, 0, 0, 1, 10, 4}, 3},
        {"one for a window", {16, 0, 0, 0, 16, 10, 4}, 1},
        {"two for a window and one", {17, 0, 0, 0, 16, 10, 4}, 2},
        {"no more handshakes at once than allowed", {100, 0, 0, 0, 1, 10, 4}, 4},
        {"those under way count as handshakes", {100, 0, 0, 3, 1, 10, 4}, 1},
        {"every handshake is taken", {100, 0, 0, 4, 1, 10, 4}, 0},
        {"more handshakes than allowed", {100, 0, 0, 5, 1, 10, 4}, 0},
        {"the open ones have room", {5, 5, 2, 0, 4, 10, 4}, 0},
        {"the open ones have more than enough room", {5, 9, 2, 0, 4, 10, 4}, 0},
        {"one call beyond the room", {6, 5, 2, 0, 4, 10, 4}, 1},
        {"those that open bring room", {8, 0, 2, 2, 4, 10, 4}, 0},
        {"one call beyond what those bring", {9, 0, 2, 2, 4, 10, 4}, 1},
        {"room and those that open together", {13, 5, 2, 2, 4, 10, 4}, 0},
        {"the pool is full", {100, 0, 10, 0, 1, 10, 4}, 0},
        {"one place in the pool", {100, 0, 9, 0, 1, 10, 4}, 1},
        {"the last place is being opened", {100, 0, 9, 1, 1, 10, 4}, 0},
        {"more open than allowed", {100, 0, 12, 0, 1, 10, 4}, 0},
        {"a pool of one", {100, 0, 0, 0, 1, 1, 4}, 1},
        {"no connection is allowed", {100, 0, 0, 0, 1, 0, 4}, 0},
        {"two are wanted anyway", {0, 0, 0, 0, 1, 10, 4, 2}, 2},
        {"one of those is open, one is opening", {0, 0, 1, 1, 1, 10, 4, 2}, 0},
        {"more are wanted than may be opened at once", {0, 0, 0, 0, 1, 10, 4, 9}, 4},
        {"more are wanted than are allowed", {0, 0, 9, 0, 1, 10, 4, 99}, 1},
        {"calls need more than are wanted anyway", {3, 0, 0, 0, 1, 10, 4, 2}, 3},
        {"a depth of zero counts as one", {2, 0, 0, 1, 0, 10, 4}, 1},
    };
    for (const auto& row : table) {
        EXPECT_EQ(connections_to_open(row.view), row.to_open) << row.name;
    }
}

TEST(PoolPlan, NeverPassesItsBoundsAndNeverLeavesACallWithoutAConnection) {
    for (std::size_t waiting = 0; waiting < 12; ++waiting) {
        for (std::size_t open = 0; open < 5; ++open) {
            for (std::size_t opening = 0; opening < 4; ++opening) {
                const pool_view view{waiting, 0, open, opening, 3, 4, 2};
                const auto more = connections_to_open(view);
                if (more > 0) {
                    EXPECT_LE(open + opening + more, view.max_connections);
                    EXPECT_LE(opening + more, view.max_opening);
                }
                if (waiting > 0 && open + opening == 0) {
                    EXPECT_GT(more, 0u);
                }
            }
        }
    }
}

} // namespace
} // namespace redrive::flow
