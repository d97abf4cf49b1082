#include "cli/duration.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>

#include "cli/shown_value.hpp"

namespace redrive::cli {
namespace {

using std::chrono::milliseconds;

struct unit {
    std::string_view name;
    std::int64_t length_ms;
};

// Largest first; a unit may only be followed by a smaller one.
constexpr std::array<unit, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}}};
constexpr std::int64_t longest_ms = 3653LL * 86'400'000;

parsed<milliseconds> malformed(std::string_view text) {
    return parsed<milliseconds>::error(fmt::format(
        "{} is not a duration: write it like 500ms, 2s, 1m30s, 2h or 7d", shown_value(text)));
}

std::size_t unit_index(std::string_view name) {
    for (std::size_t i = 0; i < units.size(); ++i)
        if (units[i].name == name) return i;
    return units.size();
}

// The front of a duration: its number and its unit, removed from `rest`.
struct part {
    std::int64_t count = 0;
    std::string_view unit;
    bool valid = false;
};

part take_part(std::string_view& rest) {
    part result;
    const auto [end, ec] = std::from_chars(rest.data(), rest.data() + rest.size(), result.count);
    if (ec != std::errc{} || result.count < 0) return result;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    result.unit = rest.substr(0, rest.find_first_of("0123456789"));
    rest.remove_prefix(result.unit.size());
    result.valid = true;
    return result;
}

} // namespace

parsed<milliseconds> parse_duration(std::string_view text) {
    std::int64_t total = 0;
    std::size_t next_unit = 0;
    auto rest = text;
    do {
        const auto [count, name, valid] = take_part(rest);
        if (!valid) return malformed(text);
        if (name.empty())
            return parsed<milliseconds>::error(
                fmt::format("'{}' has no unit: write {}s for seconds, or ms, m, h, d", text, text));
        const auto index = unit_index(name);
        if (index < next_unit || index == units.size()) return malformed(text);
        next_unit = index + 1;
        if (count > (longest_ms - total) / units[index].length_ms)
            return parsed<milliseconds>::error(fmt::format("'{}' is longer than 10 years", text));
        total += count * units[index].length_ms;
    } while (!rest.empty());
    return milliseconds{total};
}

std::string describe(milliseconds span) {
    const auto ms = span.count();
    if (ms < 1000) return fmt::format("{} ms", ms);
    if (ms < 60'000) return fmt::format("{}.{} s", ms / 1000, ms % 1000 / 100);
    if (ms < 3'600'000) return fmt::format("{} min {} s", ms / 60'000, ms % 60'000 / 1000);
    if (ms < 86'400'000) return fmt::format("{} h {} min", ms / 3'600'000, ms % 3'600'000 / 60'000);
    return fmt::format("{} d {} h", ms / 86'400'000, ms % 86'400'000 / 3'600'000);
}

} // namespace redrive::cli
