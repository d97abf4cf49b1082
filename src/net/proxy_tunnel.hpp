#pragma once

#include <boost/asio/awaitable.hpp>

#include <string>

#include "net/stream.hpp"
#include "net/time_limit.hpp"
#include "wire/proxy_address.hpp"

namespace redrive::net {

// Asks the proxy at the other end for a way to `authority`. Without error `stream` leads there.
// proxy_refused, proxy_failed.
[[nodiscard]] asio::awaitable<open_result> open_tunnel(byte_stream& stream,
                                                       const wire::proxy_address& proxy,
                                                       std::string authority,
                                                       const time_limit& limit);

} // namespace redrive::net
