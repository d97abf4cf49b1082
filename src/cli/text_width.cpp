#include "cli/text_width.hpp"

#include "cli/code_range.hpp"
#include "cli/utf8.hpp"
#include "core/ascii.hpp"

namespace redrive::cli {
namespace {

constexpr code_range combining[] = {
    {0x300, 0x36f},
    {0x483, 0x489},
    {0x591, 0x5bd},
    {0x610, 0x61a},
    {0x64b, 0x65f},
    {0x1ab0, 0x1aff},
    {0x1dc0, 0x1dff},
    {0x20d0, 0x20ff},
    {0xfe00, 0xfe0f},
    {0xfe20, 0xfe2f},
};

// Unicode 15, East Asian Width W and F, whole blocks.
constexpr code_range wide[] = {
    {0x1100, 0x115f},
    {0x2e80, 0x303e},
    {0x3041, 0x4dbf},
    {0x4e00, 0xa4cf},
    {0xac00, 0xd7a3},
    {0xf900, 0xfaff},
    {0xfe30, 0xfe6f},
    {0xff00, 0xff60},
    {0xffe0, 0xffe6},
    {0x1f300, 0x1f64f},
    {0x1f680, 0x1f6ff},
    {0x1f900, 0x1f9ff},
    {0x20000, 0x3fffd},
};

std::size_t cells_of(const code_point& one) noexcept {
    if (one.value < 0x300) return 1;
    if (is_in(combining, one.value)) return 0;
    return is_in(wide, one.value) ? 2 : 1;
}

constexpr std::string_view ellipsis = "\xe2\x80\xa6";

} // namespace

std::size_t width_of(std::string_view text) noexcept {
    auto cells = printable_prefix(text);
    text.remove_prefix(cells);
    while (!text.empty()) {
        const auto next = first_code_point(text);
        cells += cells_of(next);
        text.remove_prefix(next.length);
    }
    return cells;
}

std::string shortened(std::string_view text, std::size_t cells) {
    if (width_of(text) <= cells) return std::string{text};
    if (cells == 0) return {};
    std::size_t kept = 0;
    std::size_t used = 1; // the ellipsis
    while (kept < text.size()) {
        const auto next = first_code_point(text.substr(kept));
        if (used + cells_of(next) > cells) break;
        used += cells_of(next);
        kept += next.length;
    }
    return std::string{text.substr(0, kept)}.append(ellipsis);
}

} // namespace redrive::cli
