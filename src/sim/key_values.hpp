#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redrive::sim {

// Reads `key=value,key=value`, the form of the structured options. All throw std::invalid_argument
// with a text for the user.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> split_key_values(
    std::string_view text);

// Not negative; `name` is what the error calls it.
[[nodiscard]] std::int64_t whole_number(std::string_view name, std::string_view text);
[[nodiscard]] double positive_number(std::string_view name, std::string_view text);

} // namespace redrive::sim
