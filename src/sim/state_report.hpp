#pragma once

#include <string>

#include "sim/simulation.hpp"

namespace redrive::sim {

// The body of GET /_sim/state: the ground truth that no client of the real service can see.
[[nodiscard]] std::string state_report(const simulation& subject, wall_time now);

} // namespace redrive::sim
