#pragma once

#include <variant>

#include "auth/identity.hpp"
#include "client/client_core.hpp"
#include "redrive/config.hpp"

namespace redrive::detail {

// Resolves a client's settings from what was given in code, the environment and the shared files,
// which are read here.
[[nodiscard]] std::variant<client_setup, setup_error> resolve_setup(const client_config& config);

// The setup of an identity that was loaded before, for one region.
[[nodiscard]] std::variant<client_setup, setup_error> setup_for(const auth::identity& who,
                                                                std::string_view region,
                                                                const auth::environment& env);

// Bounds of zero become one. The proxy variables are read by the first call.
[[nodiscard]] net::transport_config transport_config_from(const transport_options& options);

} // namespace redrive::detail
