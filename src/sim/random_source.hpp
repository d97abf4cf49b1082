#pragma once

#include <cstdint>
#include <string>

namespace redrive::sim {

// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same run on every platform.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) noexcept {
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

// A number in [0, 1) from 64 random bits.
[[nodiscard]] constexpr double unit_interval(std::uint64_t bits) noexcept {
    return static_cast<double>(bits >> 11) * 0x1.0p-53;
}

class random_source {
  public:
    explicit random_source(std::uint64_t seed) : state_{seed} {}

    [[nodiscard]] std::uint64_t next() noexcept { return mix(state_++); }
    [[nodiscard]] double uniform() noexcept { return unit_interval(next()); }
    [[nodiscard]] std::string uuid(); // version 4, lower case

  private:
    std::uint64_t state_;
};

} // namespace redrive::sim
