#pragma once

#include "net/resolver.hpp"
#include "redrive/time_source.hpp"

namespace redrive::net {

// As resolve(), but believes what was found for the name within the last 30 s; when a later look-up
// fails, also what was found within the last 10 minutes. The memory belongs to the execution
// context and holds 256 names.
[[nodiscard]] asio::awaitable<resolved_host> resolve_remembered(asio::any_io_executor ex,
                                                                std::shared_ptr<time_source> time,
                                                                std::string host,
                                                                std::uint16_t port);

} // namespace redrive::net
