#pragma once

#include <optional>
#include <string_view>

#include "cli/line_splitter.hpp"
#include "redrive/target.hpp"

namespace redrive::cli {

// Understands one target as it was given; the texts that no target can be come back as `invalid`.
[[nodiscard]] target read_target(std::string_view text, const target_defaults& defaults);

// A line of a file or of stdin; nothing for a comment or a blank line.
[[nodiscard]] std::optional<target> read_target_line(const input_line& line,
                                                     const target_defaults& defaults);

} // namespace redrive::cli
