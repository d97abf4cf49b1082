#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace redrive::auth {

// The bytes of a file, or nothing when it cannot be read. Stops one byte beyond the bound, so that
// the caller sees that there is more.
[[nodiscard]] std::optional<std::string> read_bounded_file(const std::string& path,
                                                           std::size_t longest);

} // namespace redrive::auth
