#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "auth/credential_origin.hpp"
#include "auth/profile_chain.hpp"

namespace redrive::auth {

// A role that many accounts have, entered as one identity.
struct assumed_role {
    role_step step;
    std::string policy = {}; // a session policy in JSON that narrows it; empty: none

    friend bool operator==(const assumed_role&, const assumed_role&) = default;
};

// `role` as an ARN: it is one, in which each `{account}` stands for the account, or else the name
// of a role there, its path before it. An error: it can be neither.
[[nodiscard]] result<std::string> role_arn_in(std::string_view account,
                                              std::string_view role,
                                              std::string_view partition);

// Those of a role that `base` assumes, from the cache of the execution context. However many roles
// are asked for at once, at most 16 are being assumed.
[[nodiscard]] std::shared_ptr<credentials_provider> credentials_of_role(
    const assumed_role& role,
    std::shared_ptr<credentials_provider> base,
    const credential_origin& base_origin,
    const credential_carrier& carrier);

} // namespace redrive::auth
