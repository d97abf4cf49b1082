#include "flow/adaptive_rate.hpp"

#include <gtest/gtest.h>

namespace redrive::flow {
namespace {

using seconds = adaptive_rate::seconds;

TEST(AdaptiveRate, LetsEverythingGoUntilTheFirstThrottle) {
    adaptive_rate rate{seconds{0}};
    for (int i = 0; i < 1000; ++i)
        EXPECT_EQ(rate.acquire(seconds{0}).count(), 0);
    rate.replied(seconds{0.1}, false);
    EXPECT_FALSE(rate.enabled());
    EXPECT_EQ(rate.acquire(seconds{0.1}).count(), 0);
}

struct step {
    double at;
    bool throttled;
    double measured;
    double fill_rate;
};

// The vectors that the SDKs test their limiters with.
TEST(AdaptiveRate, FollowsTheSdksThroughTwoThrottles) {
    constexpr step steps[]{
        {0.2, false, 0, 0.5},
        {0.4, false, 0, 0.5},
        {0.6, false, 4.8, 0.5},
        {0.8, false, 4.8, 0.5},
        {1.0, false, 4.16, 0.5},
        {1.2, false, 4.16, 0.6912},
        {1.4, false, 4.16, 1.0976},
        {1.6, false, 5.632, 1.6384},
        {1.8, false, 5.632, 2.3328},
        {2.0, true, 4.3264, 3.02848},
        {2.2, false, 4.3264, 3.48663917347026},
        {2.4, false, 4.3264, 3.821874416040255},
        {2.6, false, 5.66528, 4.053385727709987},
        {2.8, false, 5.66528, 4.200373108479454},
        {3.0, false, 4.333056, 4.282036558348658},
        {3.2, true, 4.333056, 2.99742559084406},
        {3.4, false, 4.333056, 3.4522263943863463},
    };
    adaptive_rate rate{seconds{0}};
    bool was_throttled = false;
    for (const auto& [at, throttled, measured, fill_rate] : steps) {
        rate.replied(seconds{at}, throttled);
        was_throttled = was_throttled || throttled;
        EXPECT_NEAR(rate.measured(), measured, 1e-9) << at;
        EXPECT_NEAR(rate.fill_rate(), fill_rate, 1e-9) << at;
        EXPECT_EQ(rate.enabled(), was_throttled) << at;
    }
}

// Replies at 10/s from 0 to 1 s, then a throttle.
adaptive_rate throttled_at_one_second() {
    adaptive_rate rate{seconds{0}};
    for (int i = 1; i < 10; ++i)
        rate.replied(seconds{i * 0.1}, false);
    rate.replied(seconds{1}, true);
    return rate;
}

TEST(AdaptiveRate, HoldsBackAfterAThrottleUntilATokenHasGrown) {
    auto rate = throttled_at_one_second();
    double now = 1;
    int sent = 0;
    while (now < 2) {
        const auto wait = rate.acquire(seconds{now});
        if (wait.count() == 0) {
            ++sent;
        } else {
            EXPECT_LE(wait.count(), 1 / rate.fill_rate() + 1e-9);
            now += wait.count();
        }
    }
    EXPECT_GE(sent, static_cast<int>(rate.fill_rate()) - 1);
    EXPECT_LE(sent, static_cast<int>(rate.fill_rate()) + 2);
}

TEST(AdaptiveRate, GrantsATokenWhenTheStatedWaitIsOver) {
    auto rate = throttled_at_one_second();
    double now = 1;
    while (rate.acquire(seconds{now}).count() == 0) {
    }
    const auto wait = rate.acquire(seconds{now});
    ASSERT_GT(wait.count(), 0);
    EXPECT_GT(rate.acquire(seconds{now + wait.count() / 2}).count(), 0);
    EXPECT_EQ(rate.acquire(seconds{now + wait.count()}).count(), 0);
}

TEST(AdaptiveRate, NeverFallsBelowOneRequestInTwoSeconds) {
    adaptive_rate rate{seconds{0}};
    for (int i = 1; i < 100; ++i) {
        rate.replied(seconds{i * 10.0}, true);
        EXPECT_GE(rate.fill_rate(), 0.5);
    }
    EXPECT_EQ(rate.fill_rate(), 0.5);
}

} // namespace
} // namespace redrive::flow
