#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>

namespace redrive::test {

namespace asio = boost::asio;

// A port of a loopback address that takes no further connection and refuses none.
class silent_port {
  public:
    explicit silent_port(asio::io_context& context,
                         const char* address = "127.0.0.1",
                         std::uint16_t number = 0)
        : acceptor_{context}, first_{context} {
        const asio::ip::tcp::endpoint place{asio::ip::make_address(address), number};
        acceptor_.open(place.protocol());
        acceptor_.bind(place);
        acceptor_.listen(0);
        first_.connect(acceptor_.local_endpoint());
    }
    [[nodiscard]] std::uint16_t number() const { return acceptor_.local_endpoint().port(); }

  private:
    asio::ip::tcp::acceptor acceptor_;
    asio::ip::tcp::socket first_;
};

} // namespace redrive::test
