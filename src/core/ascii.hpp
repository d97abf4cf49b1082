#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace redrive {

// Text of protocols and files, whatever the locale says.

inline constexpr std::string_view ascii_blanks = " \t\r\n";

[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] std::string lower(std::string_view text);

[[nodiscard]] constexpr bool is_alphanumeric(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Without `blanks` around it.
[[nodiscard]] std::string_view trimmed(std::string_view text,
                                       std::string_view blanks = ascii_blanks) noexcept;

// How many bytes at the front are from a blank to a tilde: neither controls nor beyond ASCII.
[[nodiscard]] std::size_t printable_prefix(std::string_view text) noexcept;

[[nodiscard]] inline bool is_printable(std::string_view text) noexcept {
    return printable_prefix(text) == text.size();
}

} // namespace redrive
