#pragma once

#include "cli/options.hpp"
#include "redrive/fleet_options.hpp"

namespace redrive::cli {

// What the options mean to the library.

[[nodiscard]] fleet_config fleet_config_of(const options& given, std::shared_ptr<time_source> time);
[[nodiscard]] find_options find_options_of(const options& given);
[[nodiscard]] stop_options stop_options_of(const options& given);

} // namespace redrive::cli
