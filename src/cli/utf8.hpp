#pragma once

#include <cstddef>
#include <string_view>

namespace redrive::cli {

// The front of a text: one code point, or one byte that is not UTF-8.
struct code_point {
    char32_t value = 0; // of an invalid byte: the byte
    std::size_t length = 1;
    bool valid = false;
};

// Unicode 15, table 3-7: overlong forms, surrogates and what is beyond U+10FFFF are invalid.
// `text` is not empty.
[[nodiscard]] code_point first_code_point(std::string_view text) noexcept;

[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

} // namespace redrive::cli
