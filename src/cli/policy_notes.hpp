#pragma once

#include <string>

#include "flow/least_policy.hpp"

namespace redrive::cli {

// What whoever reviews such a policy will ask about: some lines, wrapped and with line ends.
[[nodiscard]] std::string policy_notes(const flow::policy_scope& what);

} // namespace redrive::cli
