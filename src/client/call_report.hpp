#pragma once

#include "client/call.hpp"
#include "flow/retry.hpp"
#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"

namespace redrive::detail {

// What one attempt's ending means: to the caller, to the retry rules, and to the record.

[[nodiscard]] error_code error_of(call::ending how, const call& one);
[[nodiscard]] flow::attempt_result result_of(call::ending how, const call& one);
// Takes the request id out of `one`.
void record(call::ending how, call& one, std::uint32_t attempt, diagnostics& info);

} // namespace redrive::detail
