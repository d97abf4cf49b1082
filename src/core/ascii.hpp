#pragma once

#include <string>
#include <string_view>

namespace redrive {

// Text of protocols and files, whatever the locale says.

inline constexpr std::string_view ascii_blanks = " \t\r\n";

[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] std::string lower(std::string_view text);

// Without `blanks` around it.
[[nodiscard]] std::string_view trimmed(std::string_view text,
                                       std::string_view blanks = ascii_blanks) noexcept;

} // namespace redrive
