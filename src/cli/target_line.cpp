#include "cli/target_line.hpp"

#include <fmt/format.h>

#include <string>

#include "cli/utf8.hpp"
#include "core/ascii.hpp"

namespace redrive::cli {
namespace {

constexpr std::size_t longest_shown = 4096; // of target_input::text

std::string_view without_byte_order_mark(std::string_view text) {
    constexpr std::string_view mark = "\xef\xbb\xbf";
    return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

target invalid_target(std::string_view text, std::string_view why) {
    target result;
    result.input.text = text.substr(0, longest_shown);
    result.invalid = why;
    return result;
}

// What keeps any target from being read of it; empty: nothing.
std::string_view defect_of(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return "it holds a NUL byte";
    if (!is_utf8(text)) return "it is not valid UTF-8";
    return {};
}

} // namespace

target read_target(std::string_view text, const target_defaults& defaults) {
    const auto defect = defect_of(text);
    auto result = defect.empty() ? parse_target(text, defaults) : invalid_target(text, defect);
    result.input.text = text.substr(0, longest_shown);
    return result;
}

std::optional<target> read_target_line(const input_line& line, const target_defaults& defaults) {
    auto text = line.text;
    if (line.number == 1) text = without_byte_order_mark(text);
    text = trimmed(text, " \t\r\v\f");
    if (text.empty() || text.starts_with('#')) return std::nullopt;
    auto result = line.too_long ? invalid_target(text,
                                                 fmt::format("the line is longer than {} KiB",
                                                             line_splitter::longest / 1024))
                                : read_target(text, defaults);
    result.input.line = line.number;
    return result;
}

} // namespace redrive::cli
