#pragma once

#include <cstddef>

namespace redrive::flow {

// What a pool of connections to one endpoint looks like at one moment.
struct pool_view {
    std::size_t waiting = 0; // calls that no connection has taken yet
    std::size_t room = 0;    // slots free on open connections for the calls that wait
    std::size_t open = 0;    // connections in use or idle
    std::size_t opening = 0; // handshakes under way
    std::size_t depth = 1;   // current depth of the host
    std::size_t max_connections = 1;
    std::size_t max_opening = 4; // handshakes at once
    std::size_t wanted = 0;      // connections, whether calls wait or not
};

// How many connections to begin opening now: as many as the waiting calls fill beyond the room of
// the open ones and of those that are opening. A pure function, so that its table is its test.
[[nodiscard]] std::size_t connections_to_open(const pool_view& view) noexcept;

} // namespace redrive::flow
