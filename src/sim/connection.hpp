#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "sim/router.hpp"
#include "sim/simulation.hpp"

namespace redrive::sim {

// One connection from accept to end: reads every request that has arrived, answers them in order
// with one write.
boost::asio::awaitable<void> serve_plain(boost::asio::ip::tcp::socket socket,
                                         router& route,
                                         simulation& subject);

boost::asio::awaitable<void> serve_tls(boost::asio::ip::tcp::socket socket,
                                       boost::asio::ssl::context& identity,
                                       router& route,
                                       simulation& subject);

} // namespace redrive::sim
