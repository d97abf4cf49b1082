#pragma once

#include <functional>
#include <memory>

#include "auth/fetcher.hpp"

namespace redrive::auth {

// Over the network, each request on a connection of its own.
class net_fetcher final : public fetcher {
  public:
    explicit net_fetcher(std::shared_ptr<net::transport> transport)
        : transport_{std::move(transport)} {}

    [[nodiscard]] boost::asio::awaitable<net::fetched> fetch(wire::web_request what,
                                                             fetch_rules rules) override;
    [[nodiscard]] boost::asio::awaitable<std::vector<boost::asio::ip::address>> addresses_of(
        std::string host) override;

  private:
    std::shared_ptr<net::transport> transport_;
};

} // namespace redrive::auth
