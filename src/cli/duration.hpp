#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "cli/parsed.hpp"

namespace redrive::cli {

// `500ms`, `2s`, `1m30s`, `2h`, `7d`: whole numbers with units, largest first, each unit once.
// A number without a unit is an error that says so. At most 10 years.
[[nodiscard]] parsed<std::chrono::milliseconds> parse_duration(std::string_view text);

// For a person: `850 ms`, `3.2 s`, `2 min 5 s`, `3 h 20 min`, `2 d 4 h`.
[[nodiscard]] std::string describe(std::chrono::milliseconds span);

} // namespace redrive::cli
