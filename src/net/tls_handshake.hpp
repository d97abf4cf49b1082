#pragma once

#include <boost/asio/awaitable.hpp>

#include <string>

#include "net/open_result.hpp"
#include "net/time_limit.hpp"
#include "net/tls_channel.hpp"
#include "net/tls_sessions.hpp"

namespace redrive::net {

// Verifies that the peer is `host`. `sessions` may be null. The limit belongs to the socket below.
[[nodiscard]] asio::awaitable<open_result> shake_hands(tls_channel& channel,
                                                       std::string host,
                                                       tls_sessions* sessions,
                                                       const time_limit& limit);

} // namespace redrive::net
