#pragma once

#include <boost/asio/awaitable.hpp>

#include "auth/loaded_credentials.hpp"
#include "auth/profile_chain.hpp"
#include "auth/source_context.hpp"

namespace redrive::auth {

// IAM Identity Center (SSO): the token that `aws sso login` left on this machine, refreshed when it
// is about to expire and can be, is exchanged for a role's credentials.
[[nodiscard]] boost::asio::awaitable<result<loaded_credentials>> identity_center_credentials(
    const source_context& context, const settings& config, sso_source from);

} // namespace redrive::auth
