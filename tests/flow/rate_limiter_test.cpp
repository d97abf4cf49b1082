#include "flow/rate_limiter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;
using time = rate_limiter::time;
using duration = rate_limiter::duration;

const time start = time{} + 1000s;

double seconds(duration d) {
    return std::chrono::duration<double>(d).count();
}

// A service that throttles by a token bucket of some seconds' worth, full at the start.
class service {
  public:
    service(double rate, double burst)
        : rate_{rate}, capacity_{std::max(1.0, rate * burst)}, tokens_{capacity_} {}

    void change(double rate) {
        capacity_ *= rate / rate_;
        rate_ = rate;
    }

    bool takes(time now) {
        tokens_ = std::min(capacity_, tokens_ + rate_ * seconds(now - refilled_));
        refilled_ = now;
        if (tokens_ < 1) return false;
        tokens_ -= 1;
        return true;
    }

  private:
    double rate_;
    double capacity_;
    double tokens_;
    time refilled_ = start;
};

// Virtual time: calls always wait, each answer takes the same time.
class run {
  public:
    run(rate_limiter limiter, double rate, duration latency, double burst = 1)
        : limiter_{limiter}, service_{rate, burst}, latency_{latency} {}

    struct count {
        double accepted = 0;
        double throttled = 0;

        [[nodiscard]] double share_throttled() const { return throttled / (accepted + throttled); }
    };

    count until(time end) {
        count calls;
        while (now_ < end) {
            hear_answers();
            const auto pause = limiter_.admit(now_);
            if (pause > duration{0}) {
                now_ =
                    answers_.empty() ? now_ + pause : std::min(now_ + pause, answers_.front().at);
                continue;
            }
            const bool taken = service_.takes(now_);
            (taken ? calls.accepted : calls.throttled) += 1;
            answers_.push_back({now_ + latency_, taken});
        }
        return calls;
    }

    void change(double rate) { service_.change(rate); }
    void pause(duration length) { now_ += length; }
    [[nodiscard]] double rate() const { return limiter_.rate().value(); }

  private:
    void hear_answers() {
        for (; !answers_.empty() && answers_.front().at <= now_; answers_.pop_front()) {
            if (answers_.front().taken) {
                limiter_.accepted(now_);
            } else {
                limiter_.throttled(now_);
            }
        }
    }

    struct answer {
        time at;
        bool taken;
    };

    rate_limiter limiter_;
    service service_;
    duration latency_;
    time now_ = start;
    std::deque<answer> answers_;
};

TEST(RateLimiter, AdmitsEverythingWhenUnlimited) {
    auto limiter = rate_limiter::unlimited();
    for (int i = 0; i < 100'000; ++i)
        ASSERT_EQ(limiter.admit(start), 0s);
    limiter.throttled(start);
    limiter.accepted(start);
    EXPECT_EQ(limiter.admit(start), 0s);
    EXPECT_EQ(limiter.rate(), std::nullopt);
}

TEST(RateLimiter, NeverPassesAFixedRate) {
    for (const double rate : {0.5, 1.0, 5.0, 50.0, 500.0, 2000.0}) {
        SCOPED_TRACE(rate);
        auto limiter = rate_limiter::fixed(rate, start);
        std::vector<time> admitted;
        auto now = start;
        while (now < start + 20s) {
            const auto pause = limiter.admit(now);
            if (pause == 0s) admitted.push_back(now);
            now += pause;
        }
        const auto count = static_cast<double>(admitted.size());
        EXPECT_GE(count, 20 * rate * 0.99);
        EXPECT_LE(count, 20 * rate * 1.01 + 1);
        const auto window = static_cast<std::size_t>(std::max(2.0, 1.03 * rate + 2));
        for (std::size_t i = window; i < admitted.size(); ++i) {
            ASSERT_GT(admitted[i] - admitted[i - window], 1s) << "at call " << i;
        }
    }
}

TEST(RateLimiter, SavesNoMoreThanAGrainOfAFixedRateOverAPause) {
    auto limiter = rate_limiter::fixed(100, start);
    const auto later = start + 1h;
    int at_once = 0;
    while (limiter.admit(later) == 0s)
        ++at_once;
    EXPECT_EQ(at_once, 2);
}

TEST(RateLimiter, IgnoresThrottlesWhenFixed) {
    auto limiter = rate_limiter::fixed(50, start);
    limiter.throttled(start);
    EXPECT_EQ(limiter.rate(), 50);
}

TEST(RateLimiter, PausesForLongButNotForEverAtARateOfNothing) {
    auto limiter = rate_limiter::fixed(0, start);
    EXPECT_EQ(limiter.admit(start), 0s);
    EXPECT_GT(limiter.admit(start), 1min);
    EXPECT_LT(limiter.admit(start), 1h);
}

TEST(RateLimiter, AdmitsTheCallAfterExactlyThePauseThatItNamed) {
    for (const double rate : {0.7, 3.0, 333.0, 99'999.0}) {
        auto limiter = rate_limiter::fixed(rate, start);
        auto now = start;
        for (int i = 0; i < 1000; ++i) {
            const auto pause = limiter.admit(now);
            if (pause == 0s) continue;
            now += pause;
            ASSERT_EQ(limiter.admit(now), 0s) << rate;
        }
    }
}

TEST(RateLimiter, LetsTheFirstTwentyCallsGoWithinTwoHundredMilliseconds) {
    auto limiter = rate_limiter::learnt(start);
    EXPECT_EQ(limiter.rate(), 20);
    EXPECT_EQ(limiter.admit(start), 0s) << "the first at once";
    auto now = start;
    for (int admitted = 1; admitted < 20;) {
        const auto pause = limiter.admit(now);
        if (pause == 0s) ++admitted;
        now += pause;
    }
    EXPECT_LE(now - start, 200ms);
    EXPECT_GE(now - start, 180ms) << "a small bucket could not speak up in time";
}

TEST(RateLimiter, DoublesEveryQuarterOfASecondUntilTheFirstThrottle) {
    run calls{rate_limiter::learnt(start), 1e6, 30ms};
    std::vector<double> rates;
    for (int i = 1; i <= 8; ++i) {
        (void)calls.until(start + i * 250ms + 1ms);
        rates.push_back(calls.rate());
    }
    EXPECT_EQ(rates, (std::vector<double>{40, 80, 160, 320, 640, 1280, 2560, 5120}));
}

TEST(RateLimiter, DoesNotGrowWhileItIsNotInUse) {
    auto limiter = rate_limiter::learnt(start);
    for (auto now = start; now < start + 1min; now += 100ms) {
        ASSERT_EQ(limiter.admit(now), 0s);
        limiter.accepted(now);
    }
    EXPECT_EQ(limiter.rate(), 20);
}

TEST(RateLimiter, NeverRaisesTheRateOnAThrottleAndNeverGoesBelowItsFloor) {
    auto limiter = rate_limiter::learnt(start);
    auto now = start;
    for (int i = 0; i < 1000; ++i) {
        now += 400ms;
        const auto before = limiter.rate().value();
        limiter.throttled(now);
        ASSERT_LE(limiter.rate().value(), before);
    }
    EXPECT_EQ(limiter.rate(), 0.5);
}

TEST(RateLimiter, UsesNineTenthsOfTheServicesLimitWithFewThrottles) {
    for (const double limit : {5.0, 10.0, 50.0, 500.0}) {
        for (const auto latency : {5ms, 20ms, 40ms}) {
            SCOPED_TRACE(std::to_string(limit) + "/s, " + std::to_string(latency.count()) + " ms");
            run calls{rate_limiter::learnt(start), limit, latency};
            const auto first = calls.until(start + 3s);
            const auto rest = calls.until(start + 30s);
            EXPECT_GE(rest.accepted, 0.9 * 27 * limit);
            EXPECT_LE(rest.share_throttled(), limit < 50 ? 0.03 : 0.012);
            const run::count all{first.accepted + rest.accepted, first.throttled + rest.throttled};
            EXPECT_LE(all.share_throttled(), 0.05);
        }
    }
}

TEST(RateLimiter, StaysUsefulWhenAnswersTakeLong) {
    for (const double limit : {5.0, 50.0, 500.0}) {
        SCOPED_TRACE(limit);
        run calls{rate_limiter::learnt(start), limit, 300ms};
        (void)calls.until(start + 3s);
        const auto rest = calls.until(start + 30s);
        EXPECT_GE(rest.accepted, 0.9 * 27 * limit);
        EXPECT_LE(rest.share_throttled(), 0.05);
    }
}

TEST(RateLimiter, UsesAServiceThatSavesLittleForABurst) {
    struct row {
        double limit;
        double burst;
        double use;
    };
    for (const auto& row : {row{20, 0.2, 0.95},
                            row{50, 0.2, 0.95},
                            row{500, 0.2, 0.95},
                            row{500, 0, 0.85},
                            row{500, 4, 0.98}}) {
        SCOPED_TRACE(std::to_string(row.limit) + "/s, burst " + std::to_string(row.burst));
        run calls{rate_limiter::learnt(start), row.limit, 30ms, row.burst};
        (void)calls.until(start + 8s);
        const auto rest = calls.until(start + 38s);
        EXPECT_GE(rest.accepted, row.use * 30 * row.limit);
        EXPECT_LE(rest.share_throttled(), 0.05);
    }
}

TEST(RateLimiter, FollowsALimitThatDropsWithinSeconds) {
    run calls{rate_limiter::learnt(start), 500, 30ms};
    (void)calls.until(start + 15s);
    calls.change(50);
    (void)calls.until(start + 18s);
    EXPECT_LE(calls.rate(), 60);
    const auto rest = calls.until(start + 30s);
    EXPECT_GE(rest.accepted, 0.9 * 12 * 50);
    EXPECT_LE(rest.share_throttled(), 0.05);
}

TEST(RateLimiter, FollowsALimitThatRises) {
    run calls{rate_limiter::learnt(start), 50, 30ms};
    (void)calls.until(start + 10s);
    calls.change(500);
    (void)calls.until(start + 20s);
    const auto rest = calls.until(start + 40s);
    EXPECT_GE(rest.accepted, 0.9 * 20 * 500);
    EXPECT_LE(rest.share_throttled(), 0.05);
}

TEST(RateLimiter, DoesNotTakeAPauseForASlowService) {
    run calls{rate_limiter::learnt(start), 50, 30ms};
    (void)calls.until(start + 10s);
    calls.pause(10min);
    for (auto end = start + 10s + 10min; end < start + 15s + 10min; end += 100ms) {
        (void)calls.until(end);
        ASSERT_GE(calls.rate(), 40) << "calls in the seconds since, not in the minutes";
    }
}

TEST(RateLimiter, IsTheSameEachTime) {
    const auto course = [] {
        run calls{rate_limiter::learnt(start), 70, 25ms};
        const auto count = calls.until(start + 12s);
        return std::vector{count.accepted, count.throttled, calls.rate()};
    };
    EXPECT_EQ(course(), course());
}

} // namespace
} // namespace redrive::flow
