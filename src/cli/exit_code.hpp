#pragma once

#include "redrive/errors.hpp"
#include "redrive/fleet_options.hpp"
#include "redrive/fleet_results.hpp"

namespace redrive::cli {

// What the program ends with; scripts depend on the numbers.
enum class exit_code : int {
    ok = 0,
    not_confirmed = 1, // some target is not confirmed
    usage = 2,         // or not one valid target
    declined = 3,      // or no terminal to ask on
    denied = 4,        // credentials or permission
    unavailable = 5,   // throttled or unreachable
    interrupted = 130,
};

// The worse of two: 130 > 4 > 5 > 1 > 0; 2 and 3 end a run before it has anything to compare.
[[nodiscard]] exit_code worse(exit_code a, exit_code b) noexcept;

// The exit code of a `cancel`. With `report.search` it found its targets itself, wholly or before
// it asked.
[[nodiscard]] exit_code code_of_stop(const stop_report& report, stop_options::proof proof) noexcept;

// The exit code of a `verify`: 0 when every given task is terminal.
[[nodiscard]] exit_code code_of_verify(const stop_report& report) noexcept;

// What a search that left parts out adds; `not_enabled` adds nothing.
[[nodiscard]] exit_code code_of_search(const find_report& report) noexcept;

// An operation that could not begin: credentials, or the configuration.
[[nodiscard]] exit_code code_of_failure(error_code ec) noexcept;

} // namespace redrive::cli
