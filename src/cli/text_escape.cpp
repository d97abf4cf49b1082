#include "cli/text_escape.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iterator>

#include "cli/code_range.hpp"
#include "cli/utf8.hpp"
#include "core/ascii.hpp"

namespace redrive::cli {
namespace {

// C0, DEL and C1 steer a terminal; the others reorder, join or hide what a person reads.
constexpr code_range unsafe_ranges[] = {
    {0x00, 0x1f},
    {0x7f, 0x9f},
    {0xad, 0xad},
    {0x61c, 0x61c},
    {0x180e, 0x180e},
    {0x200b, 0x200f},
    {0x2028, 0x202e},
    {0x2060, 0x206f},
    {0xfeff, 0xfeff},
    {0xfff9, 0xfffb},
    {0xe0000, 0xe0fff},
};

std::string hex(std::uint32_t value, std::size_t least_digits) {
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), value, 16).ptr;
    const auto count = static_cast<std::size_t>(end - digits.begin());
    return std::string(least_digits - std::min(least_digits, count), '0')
        .append(digits.begin(), end);
}

void append_escaped(std::string& out, const code_point& next) {
    if (!next.valid || next.value < 0x80)
        out.append("\\x").append(hex(next.value, 2));
    else
        out.append("\\u{").append(hex(next.value, 1)).append("}");
}

void append_json_escape(std::string& out, char32_t value) {
    const auto unit = [&](char32_t u) { out.append("\\u").append(hex(u, 4)); };
    if (value < 0x10000) return unit(value);
    unit(0xd800 + ((value - 0x10000) >> 10));
    unit(0xdc00 + ((value - 0x10000) & 0x3ff));
}

} // namespace

std::string escaped(std::string_view text) {
    if (is_printable(text)) return std::string{text};
    std::string out;
    out.reserve(text.size() + 16);
    while (!text.empty()) {
        const auto next = first_code_point(text);
        if (next.valid && !is_in(unsafe_ranges, next.value))
            out += text.substr(0, next.length);
        else
            append_escaped(out, next);
        text.remove_prefix(next.length);
    }
    return out;
}

std::string terminal_safe_json(std::string json) {
    if (is_printable(json)) return json;
    std::string out;
    out.reserve(json.size() + 16);
    for (std::string_view rest = json; !rest.empty();) {
        const auto next = first_code_point(rest);
        if (next.valid && !is_in(unsafe_ranges, next.value))
            out += rest.substr(0, next.length);
        else
            append_json_escape(out, next.valid ? next.value : U'\xfffd');
        rest.remove_prefix(next.length);
    }
    return out;
}

} // namespace redrive::cli
