#pragma once

#include <boost/asio/awaitable.hpp>

#include <string>

#include "auth/loaded_credentials.hpp"
#include "auth/profile_chain.hpp"
#include "auth/source_context.hpp"
#include "wire/sts.hpp"

namespace redrive::auth {

// Assumes a role as whoever `keys` are. `policy`, if any, narrows what the role may do.
[[nodiscard]] boost::asio::awaitable<result<loaded_credentials>> assume_role(
    const source_context& context,
    const settings& config,
    credentials keys,
    role_step role,
    std::string policy = {});

// Assumes a role with the token in a file, which another program keeps fresh.
[[nodiscard]] boost::asio::awaitable<result<loaded_credentials>> assume_role_with_web_identity(
    const source_context& context, const settings& config, web_identity_source from);

// Who `keys` are.
[[nodiscard]] boost::asio::awaitable<result<wire::caller_identity>> ask_caller_identity(
    const source_context& context, const settings& config, credentials keys);

} // namespace redrive::auth
