#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/operations.hpp"

namespace redrive::sim {

// Members of a call's input, with the service's complaints about them; all throw api_error.

// Empty when absent; SerializationException when it is not a text.
[[nodiscard]] std::string_view optional_text(wire::json_value object, std::string_view name);
// MissingParameter when absent.
[[nodiscard]] std::string_view required_text(wire::json_value object, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> optional_integer(wire::json_value object,
                                                           std::string_view name);
// InvalidParameterValue when it is not within the bounds.
[[nodiscard]] std::optional<std::int64_t> integer_between(wire::json_value object,
                                                          std::string_view name,
                                                          std::int64_t lowest,
                                                          std::int64_t highest);

// The queue that QueueUrl names, of the caller's account; QueueDoesNotExist when there is none.
[[nodiscard]] queue& named_queue(const call_context& call);
[[nodiscard]] std::string url_of(const call_context& call, std::string_view queue_name);

} // namespace redrive::sim
