#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace redrive::cli {

// Code points of Unicode, both ends included.
struct code_range {
    char32_t first, last;
};

template <std::size_t N>
[[nodiscard]] constexpr bool is_in(const code_range (&ranges)[N], char32_t value) noexcept {
    return std::any_of(std::begin(ranges), std::end(ranges), [&](code_range range) {
        return value >= range.first && value <= range.last;
    });
}

} // namespace redrive::cli
