// A service that stops redrives on request: each line that a TCP client sends is a task handle, and
// each gets one line back. One client object serves all connections; they share its connections.
//   4_inside_your_service PORT REGION      printf 'HANDLE\n' | nc 127.0.0.1 PORT
#include <redrive/client.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;
constexpr auto token = asio::as_tuple(asio::use_awaitable);

asio::awaitable<void> serve(tcp::socket socket, redrive::client& sqs) {
    std::string in, answer;
    while (true) {
        auto [ec, n] =
            co_await asio::async_read_until(socket, asio::dynamic_buffer(in, 8192), '\n', token);
        if (ec) co_return;
        const auto handle = redrive::task_handle::from_text({in.data(), n - 1});
        in.erase(0, n);
        answer = "not a task handle\n";
        if (handle) {
            auto [cancel_ec, done] =
                co_await sqs.async_cancel(*handle, redrive::cancel_options{}.deadline(5s), token);
            answer = (cancel_ec ? cancel_ec.message() : "ordered") + "\n";
        }
        auto [write_ec, m] = co_await asio::async_write(socket, asio::buffer(answer), token);
        if (write_ec) co_return;
    }
}

asio::awaitable<void> listen(tcp::acceptor acceptor, redrive::client& sqs) {
    while (true) {
        auto [ec, socket] = co_await acceptor.async_accept(token);
        if (ec) co_return;
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), sqs), asio::detached);
    }
}

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    asio::io_context context;
    redrive::client sqs{context.get_executor(), {.region = argv[2]}};
    const tcp::endpoint here{asio::ip::address_v4::loopback(),
                             static_cast<std::uint16_t>(std::stoi(argv[1]))};
    asio::co_spawn(context, listen(tcp::acceptor{context, here}, sqs), asio::detached);
    asio::signal_set stop{context, SIGINT, SIGTERM};
    stop.async_wait([&](auto, int) { context.stop(); });
    context.run();
}
