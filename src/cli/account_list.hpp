#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"
#include "cli/parsed.hpp"
#include "redrive/fleet_options.hpp"

namespace redrive::cli {

inline constexpr std::size_t longest_account_file = std::size_t{8} << 20;

// One line of an `@FILE`: {"account": …, "role"?, "external_id"?, "session_name"?, "regions"?}.
// What it leaves out comes from `defaults`.
[[nodiscard]] parsed<fleet_role> read_account_row(std::string_view line,
                                                  const fleet_role& defaults);

// What --accounts, --assume-role and their like mean together. Throws usage_error.
[[nodiscard]] std::vector<fleet_role> roles_of(const where_options& where);

} // namespace redrive::cli
