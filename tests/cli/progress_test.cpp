#include "cli/progress.hpp"

#include <gtest/gtest.h>

namespace redrive::cli {
namespace {

using namespace std::chrono_literals;

TEST(Progress, SaysHowFarASearchIs) {
    fleet_progress now;
    now.parts = 40;
    now.parts_searched = 12;
    now.queues = 3000;
    now.queues_read = 1234;
    now.found = 1;
    EXPECT_EQ(progress_line(now, activity::searching, 3200ms),
              "searched 12/40 regions, 1,234/3,000 queues, found 1 task | 3.2 s");
}

TEST(Progress, SaysHowFarAStopIsAndThatItIsThrottled) {
    fleet_progress now;
    now.targets = 20;
    now.ordered = 15;
    now.accepted = 14;
    now.confirmed = 9;
    now.decided = 10;
    now.throttled = 3;
    EXPECT_EQ(progress_line(now, activity::stopping, 500ms),
              "ordered 15, accepted 14, confirmed 9, 10 of 20 targets decided | throttled 3 | "
              "500 ms");
    EXPECT_EQ(progress_line(now, activity::verifying, 500ms),
              "10 of 20 targets decided | throttled 3 | 500 ms");
}

} // namespace
} // namespace redrive::cli
