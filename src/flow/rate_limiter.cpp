#include "flow/rate_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;

constexpr double first_rate = 20;
constexpr double lowest_rate = 0.5;
constexpr double highest_rate = 100'000;
constexpr auto step = 250ms;
constexpr auto longest_step = 2s; // a longer silence is no use
// The first bucket leaves over 200 ms, so that a service with a smaller one can say so in time.
constexpr rate_limiter::duration first_bucket_gap = 10ms;
constexpr double first_bucket_rate = 100; // from here on the rate itself is closer than the gap

// Throttles of calls that left before the rate was lowered say nothing new.
constexpr auto deaf_after_throttle = 350ms;
constexpr double below_estimate = 0.97;
constexpr double blind_reduction = 0.8; // too few answers for an estimate
constexpr double fewest_answers = 5;
constexpr double least_of_recent = 0.85;
constexpr double half_window_answers = 8;
constexpr auto half_window = 250ms;

constexpr double slowest_fixed = 0.001;
constexpr double fixed_burst = 0.02; // seconds of its rate: the grain of timers
constexpr double learnt_burst = 1;

// Climbs by 3 % x (t/T)^3, where T seconds are 30 calls, within bounds: at a low rate each throttle
// is a large share of the calls.
constexpr double climb_share = 0.03;
constexpr double climb_calls = 30;
constexpr double shortest_climb = 1;
constexpr double longest_climb = 6;
constexpr double settling_climb = 0.5;

double to_seconds(rate_limiter::duration d) noexcept {
    return std::chrono::duration<double>(d).count();
}

rate_limiter::duration to_duration(double seconds) noexcept {
    const std::chrono::duration<double> exact{seconds};
    return std::chrono::ceil<rate_limiter::duration>(exact) + rate_limiter::duration{1};
}

} // namespace

double rate_limiter::sample::seconds(time now) const noexcept {
    return std::max(to_seconds(now - begin), 1e-6);
}

rate_limiter::rate_limiter(phase how, double per_second, time now)
    : phase_{how}, rate_{per_second}, base_{per_second}, tokens_{0}, refilled_{now},
      admitted_{now - first_bucket_gap}, stepped_{now}, reduced_{now - deaf_after_throttle} {
    tokens_ = capacity();
    restart_samples(now);
}

rate_limiter rate_limiter::unlimited() {
    return {phase::off, highest_rate, time{}};
}

rate_limiter rate_limiter::fixed(double per_second, time now) {
    return {phase::fixed, std::clamp(per_second, slowest_fixed, highest_rate), now};
}

rate_limiter rate_limiter::learnt(time now) {
    return {phase::probing, first_rate, now};
}

std::optional<double> rate_limiter::rate() const noexcept {
    if (phase_ == phase::off) return std::nullopt;
    return rate_;
}

double rate_limiter::capacity() const noexcept {
    return std::max(1.0, rate_ * (phase_ == phase::fixed ? fixed_burst : learnt_burst));
}

void rate_limiter::refill(time now) {
    tokens_ = std::min(capacity(), tokens_ + rate_ * to_seconds(now - refilled_));
    refilled_ = now;
}

rate_limiter::duration rate_limiter::admit(time now) {
    if (phase_ == phase::off) return duration{0};
    grow(now);
    refill(now);
    if (tokens_ < 1) {
        was_short_ = true;
        return to_duration((1 - tokens_) / rate_);
    }
    if (const auto pause = first_bucket_pause(now); pause > duration{0}) return pause;
    notice_pause(now);
    tokens_ -= 1;
    admitted_ = now;
    return duration{0};
}

rate_limiter::duration rate_limiter::first_bucket_pause(time now) const noexcept {
    if (phase_ != phase::probing || rate_ >= first_bucket_rate) return duration{0};
    return std::max(duration{0}, admitted_ + first_bucket_gap - now);
}

// Over a pause the service's bucket fills up unseen: what was measured before it says nothing now.
void rate_limiter::notice_pause(time now) {
    const double pause = to_seconds(now - admitted_);
    if (pause > std::max(1.0, 3 / rate_)) restart_samples(now);
}

void rate_limiter::restart_samples(time now) {
    since_throttle_ = {now};
    recent_ = {now};
    earlier_ = {now};
    earlier_seconds_ = 0;
}

// Only a rate that held calls back may grow: an idle one proves nothing.
void rate_limiter::grow(time now) {
    if (phase_ == phase::fixed || now - stepped_ < step) return;
    const auto used = std::min<duration>(now - stepped_, longest_step);
    stepped_ = now;
    if (!std::exchange(was_short_, false)) return;
    refill(now);
    if (phase_ == phase::probing) {
        rate_ = std::min(rate_ * 2, highest_rate);
        return;
    }
    climbed_ += to_seconds(used);
    const double unit = phase_ == phase::settling
                            ? settling_climb
                            : std::clamp(climb_calls / base_, shortest_climb, longest_climb);
    rate_ = std::min(base_ * (1 + climb_share * std::pow(climbed_ / unit, 3)), highest_rate);
}

void rate_limiter::accepted(time now) {
    if (phase_ == phase::off || phase_ == phase::fixed) return;
    since_throttle_.calls += 1;
    recent_.calls += 1;
    take_recent(now);
}

void rate_limiter::take_recent(time now) {
    if (now - recent_.begin < half_window || recent_.calls < half_window_answers) return;
    earlier_ = recent_;
    earlier_seconds_ = recent_.seconds(now);
    recent_ = {now};
}

void rate_limiter::throttled(time now) {
    if (phase_ == phase::off || phase_ == phase::fixed) return;
    if (now - reduced_ < deaf_after_throttle) return;
    refill(now);
    const double limit = phase_ == phase::probing ? first_estimate(now) : estimate(now);
    base_ = rate_ = std::clamp(limit, lowest_rate, rate_);
    phase_ = phase_ == phase::probing ? phase::settling : phase::cruising;
    tokens_ = std::min(tokens_, 0.0);
    climbed_ = 0;
    stepped_ = reduced_ = now;
    was_short_ = false;
    restart_samples(now);
}

// A token bucket that held a second's worth accepts rate x (1 + t) calls in t seconds until it is
// empty, which it has just become.
double rate_limiter::first_estimate(time now) const noexcept {
    const double all = since_throttle_.calls / (1 + since_throttle_.seconds(now));
    const double latest = recent_.calls / (1 + recent_.seconds(now));
    return below_estimate * std::max(all, latest);
}

// Between two throttles, at both of which its bucket was empty, the service accepted exactly its
// rate; less when the bucket was full meanwhile, which the recent calls correct.
double rate_limiter::estimate(time now) const noexcept {
    if (since_throttle_.calls < fewest_answers) return blind_reduction * rate_;
    const double average = since_throttle_.calls / since_throttle_.seconds(now);
    const double recent =
        (earlier_.calls + recent_.calls) / (earlier_seconds_ + recent_.seconds(now));
    return below_estimate * std::clamp(average, least_of_recent * recent, recent);
}

} // namespace redrive::flow
