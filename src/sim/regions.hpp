#pragma once

#include <span>
#include <string>
#include <string_view>

namespace redrive::sim {

// The regions of the commercial partition in the order in which a fleet occupies them.
[[nodiscard]] std::span<const std::string_view> fleet_regions() noexcept;
[[nodiscard]] std::string joined_fleet_regions();

} // namespace redrive::sim
