#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace redrive::wire {

// Appends `text` with every byte but the unreserved ones (RFC 3986 section 2.3) and those of `kept`
// as `%XX`: a space is `%20`.
void append_percent_encoded(std::string& out, std::string_view text, std::string_view kept = {});

// The opposite (RFC 3986 section 2.1): nothing when two hexadecimal digits do not follow each `%`.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

// Appends `name=text`, behind an `&` unless it is the first: of a form, or of a query.
void append_parameter(std::string& out, std::string_view name, std::string_view text);

} // namespace redrive::wire
