#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cli/parsed.hpp"

namespace redrive::cli {

// A whole number in decimal digits, within bounds.
[[nodiscard]] parsed<std::int64_t> parse_integer(std::string_view text,
                                                 std::int64_t least,
                                                 std::int64_t most);

// A number such as 2 or 0.5, within bounds.
[[nodiscard]] parsed<double> parse_number(std::string_view text, double least, double most);

// 1,234,567
[[nodiscard]] std::string grouped(std::int64_t value);
[[nodiscard]] std::string grouped(std::uint64_t value);
[[nodiscard]] std::string grouped_or_unknown(std::optional<std::int64_t> value);

// `1 task`, `2 tasks`
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun);

} // namespace redrive::cli
