#include "sim/throttle.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace redrive::sim {
namespace {

using namespace std::chrono_literals;

constexpr wall_time start{1'700'000'000'000ms};

int admitted(throttle& limits, int calls, std::string_view account, wall_time now) {
    int count = 0;
    for (int i = 0; i < calls; ++i)
        count += limits.admits("CancelMessageMoveTask", account, "us-east-1", now) ? 1 : 0;
    return count;
}

TEST(Throttle, AdmitsASecondsWorthAtOnceAndThenTheRate) {
    throttle limits;
    limits.add("CancelMessageMoveTask=50/s");
    EXPECT_EQ(admitted(limits, 100, "100000000001", start), 50);
    EXPECT_EQ(admitted(limits, 100, "100000000001", start + 100ms), 5);
    EXPECT_EQ(admitted(limits, 100, "100000000001", start + 1h), 50);
}

TEST(Throttle, LimitsEachAccountForItself) {
    throttle limits;
    limits.add("CancelMessageMoveTask=1/s");
    EXPECT_EQ(admitted(limits, 5, "100000000001", start), 1);
    EXPECT_EQ(admitted(limits, 5, "100000000002", start), 1);
    EXPECT_TRUE(limits.admits("ListQueues", "100000000001", "us-east-1", start));
}

TEST(Throttle, LimitsTheRestByAStar) {
    throttle limits;
    limits.add("*=1/s");
    limits.add("CancelMessageMoveTask=3/s");
    EXPECT_EQ(admitted(limits, 5, "100000000001", start), 3);
    EXPECT_TRUE(limits.admits("ListQueues", "100000000001", "us-east-1", start));
    EXPECT_FALSE(limits.admits("ListQueues", "100000000001", "us-east-1", start));
}

TEST(Throttle, AdmitsOneCallAtARateBelowOnePerSecond) {
    throttle limits;
    limits.add("CancelMessageMoveTask=0.5/s");
    EXPECT_EQ(admitted(limits, 5, "100000000001", start), 1);
    EXPECT_EQ(admitted(limits, 5, "100000000001", start + 1s), 0);
    EXPECT_EQ(admitted(limits, 5, "100000000001", start + 2s), 1);
}

TEST(Throttle, RefusesMalformedLimits) {
    throttle limits;
    for (const auto* text :
         {"", "ListQueues", "=5/s", "ListQueues=5", "ListQueues=/s", "ListQueues=0/s"})
        EXPECT_THROW(limits.add(text), std::invalid_argument) << text;
}

} // namespace
} // namespace redrive::sim
