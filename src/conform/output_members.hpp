#pragma once

#include <optional>
#include <string>

#include "wire/json_reader.hpp"
#include "wire/operation.hpp"

namespace redrive::conform {

// The output that a reply's body holds, as a JSON object with its members named as in the service's
// model: what the reply may leave out is left out; lists and numbers that have a default are always
// there. Nothing: the body is not one of that operation's replies.
[[nodiscard]] std::optional<std::string> output_of(wire::operation op, wire::json_value body);

} // namespace redrive::conform
