#pragma once

#include <string>
#include <vector>

#include "flow/least_policy.hpp"

namespace redrive::cli {

// The values of the options of `iam-policy`. Each throws usage_error, naming the option, when it
// cannot be understood; what is given twice counts once.

// Comma lists of verbs.
[[nodiscard]] std::vector<flow::policy_use> read_policy_uses(const std::vector<std::string>& lists);
// ARNs of queues, with `*` and `?` in them.
[[nodiscard]] std::vector<std::string> read_queue_patterns(std::string_view option,
                                                           const std::vector<std::string>& arns);
[[nodiscard]] std::vector<std::string> read_key_patterns(const std::vector<std::string>& arns);
// A role of every account: its name, or an ARN with `{account}` where the account stands.
[[nodiscard]] std::vector<std::string> read_role_patterns(const std::vector<std::string>& roles);

} // namespace redrive::cli
