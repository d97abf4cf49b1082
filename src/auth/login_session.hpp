#pragma once

#include <boost/asio/awaitable.hpp>

#include "auth/loaded_credentials.hpp"
#include "auth/profile_chain.hpp"
#include "auth/source_context.hpp"

namespace redrive::auth {

// The credentials that `aws login` left on this machine, refreshed when they are about to expire.
[[nodiscard]] boost::asio::awaitable<result<loaded_credentials>> login_credentials(
    const source_context& context, const settings& config, login_source from);

} // namespace redrive::auth
