#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/options.hpp"

namespace redrive::cli {

// The values of single options, checked. Each throws a usage_error that names the option.

[[nodiscard]] output_format read_format(const std::string& text);
[[nodiscard]] color_mode read_color(const std::string& text);
[[nodiscard]] std::pair<redrive::pipelining, std::optional<std::size_t>> read_pipelining(
    const std::string& text);
[[nodiscard]] std::chrono::milliseconds read_duration(std::string_view option,
                                                      const std::string& text);
[[nodiscard]] std::int64_t read_integer(std::string_view option,
                                        const std::string& text,
                                        std::int64_t least,
                                        std::int64_t most);
[[nodiscard]] double read_rate(const std::string& text);
// Comma lists joined, each a region or `all`.
[[nodiscard]] std::vector<std::string> read_regions(const std::vector<std::string>& lists);
[[nodiscard]] std::string read_endpoint(const std::string& text);
// Each HOST:PORT:ADDR:PORT.
[[nodiscard]] std::vector<connect_to_rule> read_connect_to(const std::vector<std::string>& rules);
void require_handle(const std::string& as);
void require_no_journal(const std::string& journal);

} // namespace redrive::cli
