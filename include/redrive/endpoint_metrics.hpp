#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace redrive {

/// The connections to one endpoint: now, and since the start.
struct endpoint_metrics {
    std::string address;
    std::size_t open = 0;      ///< connections, idle ones included
    std::size_t idle = 0;      ///< of them, with nothing in flight
    std::size_t opening = 0;   ///< connecting, or in the handshake
    std::size_t waiting = 0;   ///< calls that no connection has taken
    std::size_t in_flight = 0; ///< requests
    std::size_t depth = 1;     ///< requests in flight that a connection may have, as learnt so far
    std::uint64_t opened = 0, open_failures = 0;
    std::uint64_t lost = 0;          ///< connections that took requests with them
    std::uint64_t stale_resends = 0; ///< requests sent again for free
    std::uint64_t replies = 0;
    std::uint64_t handshakes = 0, resumed = 0; ///< of TLS; those that took up an earlier session
    std::uint64_t bytes_sent = 0, bytes_received = 0; ///< of HTTP
};

} // namespace redrive
