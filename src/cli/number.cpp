#include "cli/number.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "cli/shown_value.hpp"

namespace redrive::cli {
namespace {

template <class Number>
bool reads_whole(std::string_view text, Number& value) {
    const auto end = text.data() + text.size();
    const auto [stop, ec] = std::from_chars(text.data(), end, value);
    return ec == std::errc{} && stop == end;
}

std::string with_separators(std::string digits) {
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    for (auto at = digits.size(); at > first + 3;)
        digits.insert(at -= 3, 1, ',');
    return digits;
}

} // namespace

parsed<std::int64_t> parse_integer(std::string_view text, std::int64_t least, std::int64_t most) {
    std::int64_t value = 0;
    if (reads_whole(text, value) && value >= least && value <= most) return value;
    return parsed<std::int64_t>::error(fmt::format("{} is not a whole number from {} to {}",
                                                   shown_value(text),
                                                   grouped(least),
                                                   grouped(most)));
}

parsed<double> parse_number(std::string_view text, double least, double most) {
    double value = 0;
    if (reads_whole(text, value) && std::isfinite(value) && value >= least && value <= most)
        return value;
    return parsed<double>::error(
        fmt::format("{} is not a number from {} to {}", shown_value(text), least, most));
}

std::string grouped(std::int64_t value) {
    return with_separators(std::to_string(value));
}

std::string grouped(std::uint64_t value) {
    return with_separators(std::to_string(value));
}

std::string grouped_or_unknown(std::optional<std::int64_t> value) {
    return value ? grouped(*value) : "?";
}

std::string counted(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", grouped(count), noun, count == 1 ? "" : "s");
}

} // namespace redrive::cli
