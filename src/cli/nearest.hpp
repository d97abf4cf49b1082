#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace redrive::cli {

// How many insertions, deletions, replacements and swaps of neighbours turn one word into the
// other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate that a person most probably meant; empty when none is near.
[[nodiscard]] std::string nearest(std::string_view word,
                                  const std::vector<std::string>& candidates);

} // namespace redrive::cli
