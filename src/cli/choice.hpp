#pragma once

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/nearest.hpp"
#include "cli/shown_value.hpp"
#include "cli/usage_error.hpp"

namespace redrive::cli {

// A word of the command line and what it means.
template <class Value>
using choice = std::pair<std::string_view, Value>;

// Throws usage_error when the text is none of the words.
template <class Value, std::size_t N>
Value read_choice(std::string_view option,
                  std::string_view text,
                  const std::array<choice<Value>, N>& choices) {
    std::vector<std::string> names;
    for (const auto& [name, value] : choices) {
        if (name == text) return value;
        names.emplace_back(name);
    }
    const auto meant = nearest(text, names);
    throw usage_error{fmt::format("{}: {} is not one of {}{}",
                                  option,
                                  shown_value(text),
                                  fmt::join(names, ", "),
                                  meant.empty() ? "" : fmt::format("; did you mean {}?", meant))};
}

} // namespace redrive::cli
