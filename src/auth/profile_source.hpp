#pragma once

#include <boost/asio/awaitable.hpp>

#include <string>

#include "auth/loaded_credentials.hpp"
#include "auth/shared_config.hpp"
#include "auth/source_context.hpp"

namespace redrive::auth {

// The credentials of a profile: its chain's base, then each role on top of what came before.
[[nodiscard]] boost::asio::awaitable<result<loaded_credentials>> profile_chain_credentials(
    const source_context& context, const shared_config& files, std::string profile);

} // namespace redrive::auth
