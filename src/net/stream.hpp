#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "net/byte_channel.hpp"
#include "net/tls_channel.hpp"
#include "net/tls_context.hpp"
#include "redrive/diagnostics.hpp"
#include "redrive/time_source.hpp"

namespace redrive::net {

// Where a connection goes: the name to verify, and optionally another place to connect to.
struct stream_target {
    std::string host; // SNI and certificate name
    std::uint16_t port = 443;
    std::string connect_host; // empty: host
    std::uint16_t connect_port = 0;
    std::shared_ptr<asio::ssl::context> tls; // null: plain TCP
};

struct stream_timeouts {
    std::chrono::milliseconds connect{3100}; // each address
    std::chrono::milliseconds tls{3100};
};

struct open_result {
    error_code ec; // of client_category, or operation_aborted
    call_phase phase = call_phase::none;
    std::string detail; // for a person: what was tried and what the system said
};

// A byte stream over TCP or TLS. Not thread-safe. close() makes every pending operation fail.
class byte_stream {
  public:
    byte_stream(asio::any_io_executor ex, std::shared_ptr<time_source> time);

    // Resolves, connects to the first address that accepts, and shakes hands.
    [[nodiscard]] asio::awaitable<open_result> open(stream_target target, stream_timeouts timeouts);

    // As a byte_channel does; only once it is open.
    [[nodiscard]] asio::awaitable<io_result> read_some(std::span<char> into) {
        return top_->read_some(into);
    }
    [[nodiscard]] asio::awaitable<io_result> write_some(std::string_view bytes) {
        return top_->write_some(bytes);
    }

    // Bytes have arrived that no read has returned yet; not each belongs to a message.
    [[nodiscard]] bool has_input() const;

    void close();

  private:
    asio::awaitable<open_result> connect(const stream_target& target, stream_timeouts timeouts);
    asio::awaitable<open_result> shake_hands(const stream_target& target, stream_timeouts timeouts);
    void say_farewell();

    asio::any_io_executor ex_;
    std::shared_ptr<time_source> time_;
    asio::ip::tcp::socket socket_;
    socket_channel plain_;
    std::optional<tls_channel> tls_;
    byte_channel* top_ = &plain_; // what is read and written
    asio::cancellation_signal stop_resolving_;
    bool closed_ = false;
};

} // namespace redrive::net
