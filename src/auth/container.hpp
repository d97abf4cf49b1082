#pragma once

#include <boost/asio/awaitable.hpp>

#include "auth/loaded_credentials.hpp"
#include "auth/source_context.hpp"

namespace redrive::auth {

// The credentials of a container: ECS (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI), EKS Pod Identity
// and others (AWS_CONTAINER_CREDENTIALS_FULL_URI). Never through a proxy.
[[nodiscard]] boost::asio::awaitable<result<loaded_credentials>> container_credentials(
    const source_context& context, const settings& config);

} // namespace redrive::auth
