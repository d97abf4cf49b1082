#pragma once

#include <string>

#include "wire/json_reader.hpp"
#include "wire/operation.hpp"

namespace redrive::conform {

// The operation that a case names.
[[nodiscard]] wire::operation operation_of(wire::json_value case_);

// The body of its request, from `input` with its members named as in the service's model.
[[nodiscard]] std::string body_of(wire::operation op, wire::json_value case_);

} // namespace redrive::conform
