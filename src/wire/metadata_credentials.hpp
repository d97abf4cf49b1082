#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "wire/temporary_credentials.hpp"

namespace redrive::wire {

// What the container agents and the instance metadata service of EC2 answer.

struct metadata_error {
    std::string code;    // the service's own; empty: its answer cannot be read
    std::string message; // what it says, or why it cannot be read; never a key
};

// Every part but AccountId is required; Token may be called SessionToken.
[[nodiscard]] std::variant<temporary_credentials, metadata_error> read_metadata_credentials(
    std::string_view json);

} // namespace redrive::wire
