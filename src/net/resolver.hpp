#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "redrive/errors.hpp"

namespace redrive::net {

namespace asio = boost::asio;

struct resolved_host {
    error_code ec; // client_errc::resolve_failed, or operation_aborted
    std::vector<asio::ip::tcp::endpoint> addresses;
};

// Resolves a host name on one of at most four threads of the execution context, which live only
// while there are names to resolve; an address literal needs none. A resolver that hangs holds up
// neither its waiter's cancellation nor the end of the program.
[[nodiscard]] asio::awaitable<resolved_host> resolve(asio::any_io_executor ex,
                                                     std::string host,
                                                     std::uint16_t port);

} // namespace redrive::net
