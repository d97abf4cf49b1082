#pragma once

#include <variant>

#include "auth/credential_origin.hpp"
#include "auth/identity.hpp"
#include "client/client_core.hpp"
#include "redrive/config.hpp"

namespace redrive::detail {

[[nodiscard]] setup_error setup_failure(const auth::config_error& error);

// Resolves a client's settings from what was given in code, the environment and the shared files,
// which are read here.
[[nodiscard]] std::variant<client_setup, setup_error> resolve_setup(
    const client_config& config,
    const boost::asio::any_io_executor& executor,
    const std::shared_ptr<time_source>& time);

// The setup of an identity that was loaded before, for one region. The carrier finds credentials
// that are not known yet.
[[nodiscard]] std::variant<client_setup, setup_error> setup_for(
    const auth::identity& who,
    std::string_view region,
    const auth::environment& env,
    const auth::credential_carrier& carrier);

// Bounds of zero become one. The proxy variables are read by the first call.
[[nodiscard]] net::transport_config transport_config_from(const transport_options& options);

} // namespace redrive::detail
