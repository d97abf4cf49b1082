#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "redrive/fleet.hpp"

namespace redrive::cli {

// The operations of a fleet as awaitables. Ordinary functions: GCC 12 miscounts temporaries with
// destructors that are written inside a co_await expression.

[[nodiscard]] boost::asio::awaitable<find_report> find(fleet& from,
                                                       find_options what,
                                                       boost::asio::cancellation_signal& stop,
                                                       error_code& ec);

[[nodiscard]] boost::asio::awaitable<stop_report> stop_found(fleet& of,
                                                             find_options what,
                                                             stop_options how,
                                                             boost::asio::cancellation_signal& stop,
                                                             error_code& ec);

[[nodiscard]] boost::asio::awaitable<std::vector<examination>> examine(
    fleet& whom, examine_options how, boost::asio::cancellation_signal& stop, error_code& ec);

[[nodiscard]] boost::asio::awaitable<void> push(stop_run& run, target what, error_code& ec);

[[nodiscard]] boost::asio::awaitable<stop_report> finish(stop_run& run, error_code& ec);

} // namespace redrive::cli
