#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

#include "net/stream.hpp"
#include "wire/http_parser.hpp"

namespace redrive::net {

struct fetch_limits {
    stream_timeouts open;
    std::chrono::milliseconds answer{60'000}; // for the whole reply, from when it is asked for
};

struct fetched {
    fetched() = default;
    fetched(const fetched&) = default;
    fetched(fetched&&) noexcept = default;
    fetched& operator=(const fetched&) = default;
    fetched& operator=(fetched&&) noexcept = default;
    ~fetched(); // overwrites the body, which may hold credentials

    error_code ec; // of client_category
    call_phase phase = call_phase::none;
    std::string detail;
    wire::http_reply reply; // without an error
};

// One request and its reply over a connection of their own, for what is asked too seldom for a
// pool: credentials. `request` is whole, as it is sent.
[[nodiscard]] asio::awaitable<fetched> fetch(asio::any_io_executor ex,
                                             std::shared_ptr<time_source> time,
                                             stream_target target,
                                             std::string request,
                                             fetch_limits limits);

} // namespace redrive::net
