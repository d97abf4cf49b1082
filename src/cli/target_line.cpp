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

target invalid_target(std::string_view text, std::string why) {
    target result;
    result.input.text = text.substr(0, longest_shown);
    result.invalid = std::move(why);
    return result;
}

} // namespace

target read_target(std::string_view text, const target_defaults& defaults) {
    if (text.find('\0') != std::string_view::npos)
        return invalid_target(text, "it holds a NUL byte");
    if (!is_utf8(text)) return invalid_target(text, "it is not valid UTF-8");
    auto result = parse_target(text, defaults);
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
