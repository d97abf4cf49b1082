#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <span>
#include <string_view>

#include "redrive/errors.hpp"

namespace redrive::net {

namespace asio = boost::asio;

struct io_result {
    error_code ec;
    std::size_t n = 0;
};

// Bytes in order, both ways: a socket, or TLS over another channel. One read and one write at a
// time; whoever closes the socket below makes both fail.
class byte_channel {
  public:
    byte_channel() = default;
    byte_channel(const byte_channel&) = delete;
    byte_channel& operator=(const byte_channel&) = delete;
    virtual ~byte_channel() = default;

    // At least one byte, or an error; asio::error::eof at the orderly end.
    [[nodiscard]] virtual asio::awaitable<io_result> read_some(std::span<char> into) = 0;
    // At least one byte, or an error, which may come with bytes that have left. `bytes` stays where
    // it is until then.
    [[nodiscard]] virtual asio::awaitable<io_result> write_some(std::string_view bytes) = 0;
};

class socket_channel final : public byte_channel {
  public:
    explicit socket_channel(asio::ip::tcp::socket& socket) noexcept : socket_{socket} {}

    asio::awaitable<io_result> read_some(std::span<char> into) override;
    asio::awaitable<io_result> write_some(std::string_view bytes) override;

  private:
    asio::ip::tcp::socket& socket_;
};

} // namespace redrive::net
