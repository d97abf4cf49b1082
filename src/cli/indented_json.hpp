#pragma once

#include <string>
#include <string_view>

namespace redrive::cli {

// JSON without blanks as a person reads it: a member or element a line, and a line end.
[[nodiscard]] std::string indented(std::string_view json);

} // namespace redrive::cli
