#include "flow/adaptive_rate.hpp"

#include <algorithm>

namespace redrive::flow {
namespace {

constexpr double least_fill_rate = 0.5;
constexpr double least_capacity = 1;
constexpr double smoothing = 0.8;
constexpr double decrease = 0.7; // by a throttle
constexpr double steepness = 0.4;
constexpr double buckets_per_second = 2;
constexpr double token = 1;
constexpr double shortest_wait = 1e-9; // below it, rounding would make a caller ask for ever

} // namespace

adaptive_rate::seconds adaptive_rate::acquire(seconds now) {
    if (!enabled_) return seconds{0};
    refill(now.count());
    const auto wait = (token - capacity_) / fill_rate_;
    if (capacity_ < token && wait >= shortest_wait) return seconds{wait};
    capacity_ = std::max(0.0, capacity_ - token);
    return seconds{0};
}

void adaptive_rate::replied(seconds at, bool throttled) {
    const auto now = at.count();
    measure(now);
    const auto wanted = throttled ? after_throttle(now) : climbed(now);
    const auto rate = std::min(wanted, 2 * measured_);
    refill(now); // at the old rate
    fill_rate_ = std::max(rate, least_fill_rate);
    max_capacity_ = std::max(rate, least_capacity);
    capacity_ = std::min(capacity_, max_capacity_);
}

void adaptive_rate::refill(double now) {
    if (refilled_at_)
        capacity_ = std::min(max_capacity_, capacity_ + (now - *refilled_at_) * fill_rate_);
    refilled_at_ = now;
}

void adaptive_rate::measure(double now) {
    ++replies_;
    const auto bucket = std::floor(now * buckets_per_second) / buckets_per_second;
    if (bucket <= measured_until_) return;
    const auto rate = replies_ / (bucket - measured_until_);
    measured_ = rate * smoothing + measured_ * (1 - smoothing);
    replies_ = 0;
    measured_until_ = bucket;
}

double adaptive_rate::after_throttle(double now) {
    rate_at_throttle_ = enabled_ ? std::min(measured_, fill_rate_) : measured_;
    throttled_at_ = now;
    enabled_ = true;
    return rate_at_throttle_ * decrease;
}

double adaptive_rate::climbed(double now) const {
    const auto plateau = std::cbrt(rate_at_throttle_ * (1 - decrease) / steepness);
    return steepness * std::pow(now - throttled_at_ - plateau, 3) + rate_at_throttle_;
}

} // namespace redrive::flow
