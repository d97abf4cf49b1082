#include "cli/style.hpp"

#include <fmt/format.h>

namespace redrive::cli {
namespace {

std::string_view sequence_of(style as) noexcept {
    switch (as) {
    case style::plain: return {};
    case style::title: return "\x1b[1m";
    case style::good: return "\x1b[32m";
    case style::warning: return "\x1b[33m";
    case style::bad: return "\x1b[31m";
    }
    return {};
}

} // namespace

bool wants_colors(color_mode mode, const color_environment& env) noexcept {
    switch (mode) {
    case color_mode::always: return true;
    case color_mode::never: return false;
    case color_mode::automatic: break;
    }
    if (!env.no_color.empty()) return false;
    if (!env.clicolor_force.empty() && env.clicolor_force != "0") return true;
    return env.is_terminal && env.term != "dumb";
}

std::string painted(std::string_view text, style as, bool colors) {
    if (!colors || as == style::plain) return std::string{text};
    return fmt::format("{}{}\x1b[0m", sequence_of(as), text);
}

} // namespace redrive::cli
