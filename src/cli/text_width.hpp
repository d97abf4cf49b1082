#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace redrive::cli {

// How many cells of a terminal an escaped text takes: combining marks none, wide characters two.
[[nodiscard]] std::size_t width_of(std::string_view text) noexcept;

// At most `cells` wide; what was cut ends in an ellipsis. `cells` of 0 yields nothing.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t cells);

} // namespace redrive::cli
