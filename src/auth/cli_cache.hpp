#pragma once

#include <optional>

#include "auth/loaded_credentials.hpp"
#include "auth/profile_chain.hpp"
#include "auth/source_context.hpp"

namespace redrive::auth {

// What the AWS CLI keeps of a role that it assumed, while it is good for some minutes more. Read
// only: redrive keeps its own in memory.
[[nodiscard]] std::optional<loaded_credentials> kept_by_cli(const source_context& context,
                                                            const role_step& role);

} // namespace redrive::auth
