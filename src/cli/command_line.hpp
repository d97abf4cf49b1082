#pragma once

#include <string>
#include <variant>

#include "cli/options.hpp"

namespace redrive::cli {

// The arguments asked for a text and nothing else: help, the version.
struct shown_text {
    std::string text;
};

// Reads the arguments of the program. Throws usage_error.
[[nodiscard]] std::variant<options, shown_text> parse_command_line(int argc,
                                                                   const char* const* argv);

} // namespace redrive::cli
