#pragma once

#include <cstdint>

#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"

namespace redrive::flow {

// What the error of a Cancel or List call means to whoever wants to stop a task.
enum class call_fault : std::uint8_t {
    throttled,     // not admitted; worth nothing but another try
    unreachable,   // no answer
    useless,       // an answer that decides nothing (5xx, garbage); the call may have acted
    denied,        // credentials, permission, or settings of them
    no_such_thing, // no such queue, or no such task: the code does not always say which
    not_active,    // the task is known and no longer RUNNING
    junk,          // what was sent can never be right: the user's mistake
    rejected,      // any other refusal
};

[[nodiscard]] call_fault call_fault_of(error_code ec, const diagnostics& why) noexcept;

} // namespace redrive::flow
