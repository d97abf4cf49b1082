#pragma once

#include <string_view>

namespace redrive::cli {

// Whether a text can be a resource of a policy: an ARN of `service` in each of whose parts `*` and
// `?` may stand, its last part beginning with `prefix`. The parts of IAM have no region.
[[nodiscard]] bool is_arn_pattern(std::string_view text,
                                  std::string_view service,
                                  std::string_view prefix) noexcept;

} // namespace redrive::cli
