#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>

#include <optional>
#include <string>
#include <vector>

#include "net/fetch.hpp"
#include "net/transport.hpp"
#include "wire/web_request.hpp"

namespace redrive::auth {

struct fetch_rules {
    net::fetch_limits limits;
    net::transport::way through = net::transport::way::as_configured;
    std::string ca_bundle = {};
};

// How sources of credentials reach services: the network, or what stands in for it in tests.
class fetcher {
  public:
    virtual ~fetcher() = default;

    [[nodiscard]] virtual boost::asio::awaitable<net::fetched> fetch(wire::web_request what,
                                                                     fetch_rules rules) = 0;
    // Where a host is; none when that cannot be found out.
    [[nodiscard]] virtual boost::asio::awaitable<std::vector<boost::asio::ip::address>>
    addresses_of(std::string host) = 0;
};

} // namespace redrive::auth
