#pragma once

#include <string>
#include <string_view>

#include "redrive/diagnostics.hpp"

namespace redrive::flow {

// What a refusal says about the permission that is missing.
struct denied_action {
    std::string name;         // such as sqs:CancelMessageMoveTask; empty: it does not say
    bool is_explicit = false; // a policy denies it, so that another one which allows it is no help
};

// Reads "User: ... is not authorized to perform: sqs:cancelmessagemovetask on resource: ...", which
// is how the service words it, in its own case; a well-known action comes back as AWS spells it.
[[nodiscard]] denied_action read_denied_action(std::string_view message);

// The same, and what the error's code says where its message says nothing.
[[nodiscard]] denied_action denied_action_of(const diagnostics& why);

} // namespace redrive::flow
