#pragma once

#include <string>

#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"

namespace redrive::cli {

// A stable word for what went wrong: the service's code as users know it, else our own error's name
// such as `connect_failed`. Empty without an error.
[[nodiscard]] std::string name_of(error_code ec, const diagnostics& info);

// A sentence for a person, escaped: what the service or this program says about it.
[[nodiscard]] std::string sentence_of(error_code ec, const diagnostics& info);

} // namespace redrive::cli
