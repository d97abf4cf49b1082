#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace redrive {

[[nodiscard]] std::string base64_encode(std::string_view bytes);

/// Strict RFC 4648 section 4 alphabet; padding may be missing. Nothing for anything else.
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);

} // namespace redrive
