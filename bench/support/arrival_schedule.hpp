#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>
#include <random>

namespace redrive::bench {

// When calls are to begin, counted from the start: evenly spaced, or as independent callers come
// (Poisson), whatever becomes of the calls before.
class arrival_schedule {
  public:
    enum class spacing : std::uint8_t { even, poisson };

    arrival_schedule(double per_second, spacing how, std::uint64_t seed)
        : per_second_{per_second}, spacing_{how}, random_{seed} {}

    std::chrono::nanoseconds next() {
        const auto seconds = spacing_ == spacing::even
                                 ? static_cast<double>(number_++) / per_second_
                                 : (passed_ += gap_(random_) / per_second_);
        return std::chrono::nanoseconds{std::llround(seconds * 1e9)};
    }

  private:
    double per_second_;
    spacing spacing_;
    std::uint64_t number_ = 0;
    double passed_ = 0;
    std::mt19937_64 random_;
    std::exponential_distribution<double> gap_;
};

} // namespace redrive::bench
