#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace redrive::flow {

// Admits calls of one operation, account and region at a rate that is fixed, or learnt from the
// service's throttles: starts at 20/s with a full bucket, doubles every 250 ms of use until the
// first throttle, then goes on at 0.97 of what was admitted and climbs slowly, ever faster the
// longer no throttle comes.
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
    enum class phase : std::uint8_t {
        off,      // admits everything
        fixed,    // the rate never changes
        probing,  // doubling; no throttle yet
        settling, // after the first throttle, whose estimate is rough: climbs fast
        cruising, // around the service's limit
    };

    // Calls that were accepted since `begin`.
    struct sample {
        time begin;
        double calls = 0;

        [[nodiscard]] double seconds(time now) const noexcept;
    };

    rate_limiter(phase how, double per_second, time now);

    void refill(time now);
    [[nodiscard]] double capacity() const noexcept;
    [[nodiscard]] duration first_bucket_pause(time now) const noexcept;
    void notice_pause(time now);
    void grow(time now);
    void restart_samples(time now);
    void take_recent(time now);
    [[nodiscard]] double first_estimate(time now) const noexcept;
    [[nodiscard]] double estimate(time now) const noexcept;

    phase phase_;
    double rate_;
    double base_; // the rate after the last throttle, from which it climbs
    double tokens_;
    time refilled_;
    time admitted_;           // the last call
    time stepped_;            // when growth was last considered
    bool was_short_ = false;  // a call had to wait since: the rate is in use
    double climbed_ = 0;      // seconds of use since the last throttle
    time reduced_;            // the last throttle that lowered the rate
    sample since_throttle_;   // or since the first call after a pause
    sample recent_, earlier_; // two halves of a sliding window
    double earlier_seconds_ = 0;
};

} // namespace redrive::flow
