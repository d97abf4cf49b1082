#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "redrive/fleet_results.hpp"
#include "simulated_service.hpp"

namespace redrive {

// Invariant: nothing is called over that goes on, and nothing stopped that was not.
inline void expect_truth(const std::vector<target_outcome>& outcomes, const service_state& truth) {
    for (const auto& each : outcomes) {
        const auto* task = truth.of_queue(each.source_arn);
        switch (each.is) {
        case outcome::stopped:
            ASSERT_TRUE(task) << each.input.text;
            EXPECT_EQ(task->status, "CANCELLED") << each.input.text;
            EXPECT_NE(each.rests_on, evidence::none);
            break;
        case outcome::already_finished:
        case outcome::not_running:
            if (!task) break;
            EXPECT_NE(task->status, "RUNNING") << each.input.text;
            EXPECT_NE(task->status, "CANCELLING") << each.input.text;
            break;
        case outcome::accepted:
        case outcome::not_found:
        case outcome::invalid:
        case outcome::skipped:
        case outcome::unknown:
        case outcome::denied:
        case outcome::throttled:
        case outcome::unreachable: break;
        }
    }
    EXPECT_THAT(truth.forbidden, ::testing::IsEmpty());
}

} // namespace redrive
