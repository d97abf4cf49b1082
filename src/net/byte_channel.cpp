#include "net/byte_channel.hpp"

#include <boost/asio/buffer.hpp>

#include "net/waiting.hpp"

namespace redrive::net {

asio::awaitable<io_result> socket_channel::read_some(std::span<char> into) {
    io_result out;
    std::tie(out.ec, out.n) =
        co_await socket_.async_read_some(asio::buffer(into.data(), into.size()), as_result);
    co_return out;
}

asio::awaitable<io_result> socket_channel::write_some(std::string_view bytes) {
    io_result out;
    std::tie(out.ec, out.n) =
        co_await socket_.async_write_some(asio::buffer(bytes.data(), bytes.size()), as_result);
    co_return out;
}

} // namespace redrive::net
