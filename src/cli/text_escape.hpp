#pragma once

#include <string>
#include <string_view>

namespace redrive::cli {

// A text of the network or of the input as a terminal may see it: one line, without anything that
// moves the cursor, changes colours, reorders or hides text. Control characters and invalid bytes
// become `\xNN`, invisible and reordering characters `\u{NNNN}`.
[[nodiscard]] std::string escaped(std::string_view text);

// The same value as valid JSON in which no character that `escaped` changes stands as itself.
[[nodiscard]] std::string terminal_safe_json(std::string json);

} // namespace redrive::cli
