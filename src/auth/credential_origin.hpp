#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <optional>
#include <string>

#include "auth/credentials_provider.hpp"
#include "auth/settings.hpp"
#include "auth/source_context.hpp"
#include "net/transport.hpp"
#include "redrive/mfa_prompt.hpp"

namespace redrive::auth {

// Whose credentials are wanted, and with which settings they are found.
struct credential_origin {
    std::optional<std::string> profile = {}; // nothing: the default chain
    setting_overrides given = {};
    std::string user_agent = {};
};

// How services and people are reached for credentials: the clock, the transport for their own
// connections, and a question.
struct credential_carrier {
    boost::asio::any_io_executor executor;
    std::shared_ptr<time_source> time;
    net::transport_config transport;
    redrive::mfa_prompt ask_mfa = {}; // empty: nobody can be asked
};

// Two origins with one key are one origin.
[[nodiscard]] std::string origin_key(const credential_origin& origin,
                                     const credential_carrier& carrier);

// The machine's own world, on a strand.
[[nodiscard]] std::shared_ptr<source_context> source_context_of(
    const credential_origin& origin,
    const credential_carrier& carrier,
    boost::asio::any_io_executor strand);

// From the cache of the execution context: who asks for the same origin gets the same credentials.
// Nothing is read or sent before the first load.
[[nodiscard]] std::shared_ptr<credentials_provider> credentials_of(
    const credential_origin& origin, const credential_carrier& carrier);

} // namespace redrive::auth
