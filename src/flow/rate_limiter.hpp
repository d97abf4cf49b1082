#pragma once

#include <chrono>
#include <optional>

namespace redrive::flow {

// Admits calls of one operation, account and region at a rate that is fixed, or learnt from the
// service's throttles: starts at 20/s with a full bucket, doubles every 250 ms of use until the first
// throttle, then goes on at 0.95 to 0.98 of what was admitted and climbs slowly.
class rate_limiter {
public:
    using time = std::chrono::steady_clock::time_point;
    using duration = std::chrono::steady_clock::duration;

    static rate_limiter unlimited();
    static rate_limiter fixed(double per_second, time now);
    static rate_limiter learnt(time now);

    // Takes a token: zero when the call may go now, else how long to wait before asking again.
    [[nodiscard]] duration admit(time now);
    // The service answered without throttling, or throttled, a call that was admitted.
    void accepted(time now);
    void throttled(time now);

    [[nodiscard]] std::optional<double> rate() const noexcept; // per second; nothing: unlimited

private:
    enum class phase { off, fixed, probing, cruising };
    rate_limiter(phase how, double per_second, time now);
    void refill(time now);

    phase phase_;
    double rate_;
    double tokens_;
    time refilled_;
    time stepped_;          // when the rate last grew
    double admitted_ = 0;   // accepted calls in the current window
    time window_begin_;
    time last_throttle_{};
};

} // namespace redrive::flow
