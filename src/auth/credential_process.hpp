#pragma once

#include <boost/asio/awaitable.hpp>

#include "auth/loaded_credentials.hpp"
#include "auth/profile_chain.hpp"
#include "auth/source_context.hpp"

namespace redrive::auth {

// Runs the program that a profile names and reads credentials from its output.
[[nodiscard]] boost::asio::awaitable<result<loaded_credentials>> process_credentials(
    const source_context& context, process_source from);

} // namespace redrive::auth
