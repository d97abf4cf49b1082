#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace redrive::wire {

// Wall-clock instants as the wire writes them; seconds since the epoch, UTC, no leap seconds.
using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

// Writes `YYYYMMDDThhmmssZ` (X-Amz-Date): exactly 16 bytes.
void write_amz_date(char* out, wall_time at) noexcept;
[[nodiscard]] std::string to_amz_date(wall_time at);
[[nodiscard]] std::optional<wall_time> parse_amz_date(std::string_view text);

// IMF-fixdate of RFC 9110 section 5.6.7, as in the `Date` header.
[[nodiscard]] std::string to_http_date(wall_time at);
[[nodiscard]] std::optional<wall_time> parse_http_date(std::string_view text);

// RFC 3339 in UTC: written with milliseconds and `Z`; read with any fraction and offset.
inline constexpr std::size_t rfc3339_size = 24; // of what is written
void write_rfc3339(char* out, wall_time at) noexcept;
[[nodiscard]] std::string to_rfc3339(wall_time at);
// Without a fraction, as other programs write it into their files.
[[nodiscard]] std::string to_rfc3339_seconds(wall_time at);
[[nodiscard]] std::optional<wall_time> parse_rfc3339(std::string_view text);

} // namespace redrive::wire
