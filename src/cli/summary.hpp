#pragma once

#include <string>

#include "cli/reason_groups.hpp"
#include "redrive/fleet_results.hpp"

namespace redrive::cli {

enum class told : std::uint8_t { everything, problems };

// The last lines of a stop or a verify, for a person.
[[nodiscard]] std::string summary_of(const stop_report& report,
                                     const reason_groups& unconfirmed,
                                     told how_much);

// What a search covered and what it could not.
[[nodiscard]] std::string summary_of(const find_report& report, told how_much);

} // namespace redrive::cli
