#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "redrive/fleet_results.hpp"

namespace redrive::cli {

enum class activity : std::uint8_t { searching, stopping, verifying };

// One line for a person: what has happened so far.
[[nodiscard]] std::string progress_line(const fleet_progress& now,
                                        activity what,
                                        std::chrono::milliseconds elapsed);

} // namespace redrive::cli
