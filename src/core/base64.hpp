#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace redrive {

[[nodiscard]] std::string base64_encode(std::string_view bytes);
/// The alphabet of RFC 4648 section 5, without padding.
[[nodiscard]] std::string base64url_encode(std::string_view bytes);

/// Strict RFC 4648 section 4 alphabet; padding may be missing. Nothing for anything else.
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);

/// The same without memory of its own: the front of `room`. Nothing when that is too small, too.
[[nodiscard]] std::optional<std::string_view> base64_decode(std::string_view text,
                                                            std::span<char> room);

} // namespace redrive
