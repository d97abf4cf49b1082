#pragma once

#include <string>
#include <string_view>

namespace redrive::cli {

// A value of the command line that cannot be used, as a message shows it: in quotes, escaped,
// unless it looks as if it were a secret.
[[nodiscard]] std::string shown_value(std::string_view text);

} // namespace redrive::cli
