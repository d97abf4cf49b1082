#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/options.hpp"

namespace redrive::cli {

enum class style : std::uint8_t { plain, title, good, warning, bad };

// What decides whether a stream gets colours, beside --color.
struct color_environment {
    bool is_terminal = false;
    std::string_view no_color{};       // NO_COLOR: not empty switches off (no-color.org)
    std::string_view clicolor_force{}; // CLICOLOR_FORCE: neither empty nor 0 switches on
    std::string_view term{};           // TERM: `dumb` has none
};

[[nodiscard]] bool wants_colors(color_mode mode, const color_environment& env) noexcept;

// Escape sequences around an escaped text, when `colors`.
[[nodiscard]] std::string painted(std::string_view text, style as, bool colors);

} // namespace redrive::cli
