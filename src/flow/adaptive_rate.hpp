#pragma once

#include <chrono>
#include <cmath>
#include <limits>
#include <optional>

namespace redrive::flow {

// The client-side rate limiting of the AWS SDKs' adaptive retry mode: a token bucket, shut off
// until the first throttle, whose rate then falls by a factor and climbs again along a cubic curve
// (as TCP CUBIC, RFC 8312).
class adaptive_rate {
  public:
    using seconds = std::chrono::duration<double>; // since any fixed epoch

    explicit adaptive_rate(seconds now)
        : measured_until_{std::floor(now.count())}, throttled_at_{now.count()} {}

    // Zero when a request may be sent now, and its token is taken; else how long to wait before
    // asking again.
    [[nodiscard]] seconds acquire(seconds now);
    // A reply arrived, whatever it says.
    void replied(seconds now, bool throttled);

    [[nodiscard]] bool enabled() const noexcept { return enabled_; }
    [[nodiscard]] double fill_rate() const noexcept { return fill_rate_; } // tokens per second
    [[nodiscard]] double measured() const noexcept { return measured_; }   // replies per second

  private:
    void refill(double now);
    void measure(double now);
    double after_throttle(double now);
    double climbed(double now) const;

    bool enabled_ = false;
    double fill_rate_ = 0;
    double capacity_ = 0;
    double max_capacity_ = std::numeric_limits<double>::infinity();
    std::optional<double> refilled_at_;
    double measured_ = 0;
    double measured_until_; // the start of the time bucket in which replies are counted
    int replies_ = 0;
    double rate_at_throttle_ = 0;
    double throttled_at_;
};

} // namespace redrive::flow
