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

#include "flow/failed_addresses.hpp"
#include "net/byte_channel.hpp"
#include "net/connect_race.hpp"
#include "net/open_result.hpp"
#include "net/time_limit.hpp"
#include "net/tls_channel.hpp"
#include "net/tls_context.hpp"
#include "net/tls_facts.hpp"
#include "net/tls_sessions.hpp"
#include "redrive/time_source.hpp"
#include "wire/proxy_address.hpp"

namespace redrive::net {

// What connections to one endpoint learn for the next ones.
struct endpoint_memory {
    flow::failed_addresses failed;
    tls_sessions sessions;
    tls_sessions sessions_with_proxy;
};

// A proxy on the way. It opens a tunnel, unless its requests are in absolute form, which whoever
// writes them must know.
struct stream_proxy {
    wire::proxy_address address;
    std::shared_ptr<asio::ssl::context> tls; // null: plain TCP to the proxy
};

// Where a connection goes: the name to verify, and optionally another place to connect to.
struct stream_target {
    std::string host; // SNI and certificate name
    std::uint16_t port = 443;
    std::string connect_host; // empty: host
    std::uint16_t connect_port = 0;
    std::shared_ptr<asio::ssl::context> tls; // null: plain TCP
    std::optional<stream_proxy> proxy = {};
    std::shared_ptr<endpoint_memory> memory = {}; // null: nothing is remembered

    struct address {
        const std::string& host;
        std::uint16_t port;
    };
    [[nodiscard]] address place() const noexcept {
        return {connect_host.empty() ? host : connect_host,
                connect_port == 0 ? port : connect_port};
    }
    // Where the socket goes.
    [[nodiscard]] address first_hop() const noexcept {
        return proxy ? address{proxy->address.host, proxy->address.port} : place();
    }
    // A request in absolute form names the endpoint, so that another place needs a tunnel.
    [[nodiscard]] bool asks_in_absolute_form() const noexcept {
        return proxy && !tls && connect_host.empty() && connect_port == 0;
    }
};

struct stream_timeouts {
    std::chrono::milliseconds connect{3100}; // each address
    std::chrono::milliseconds tls{3100};     // each handshake
    std::chrono::milliseconds proxy{6200};   // its answer; it connects to the target meanwhile
};

// A byte stream over TCP or TLS. Not thread-safe. close() makes every pending operation fail.
class byte_stream {
  public:
    byte_stream(asio::any_io_executor ex, std::shared_ptr<time_source> time);

    // Resolves, connects to the first address that accepts, passes the proxy, and shakes hands.
    [[nodiscard]] asio::awaitable<open_result> open(stream_target target, stream_timeouts timeouts);

    // As a byte_channel does; only once it is open.
    [[nodiscard]] asio::awaitable<io_result> read_some(std::span<char> into) {
        return top_->read_some(into);
    }
    [[nodiscard]] asio::awaitable<io_result> write_some(std::string_view bytes) {
        return top_->write_some(bytes);
    }

    [[nodiscard]] asio::awaitable<error_code> write_all(std::string_view bytes);
    // The stream ends when the time is up before what is returned goes.
    [[nodiscard]] time_limit limited_to(std::chrono::milliseconds limit) {
        return {*time_, ex_, socket_, limit};
    }

    // Of the handshake with the target; nothing when it is plain, or not open.
    [[nodiscard]] std::optional<tls_facts> security() const;

    // Bytes have arrived that no read has returned yet; not each belongs to a message.
    [[nodiscard]] bool has_input() const;

    void close();

    // What open() is at. Each step of a connection to a proxy is of phase `proxy`.
    [[nodiscard]] call_phase opening() const noexcept { return opening_; }

  private:
    asio::awaitable<open_result> open_layers(const stream_target& target, stream_timeouts timeouts);
    asio::awaitable<open_result> connect(const stream_target& target, stream_timeouts timeouts);
    asio::awaitable<open_result> pass_proxy(const stream_target& target, stream_timeouts timeouts);
    asio::awaitable<open_result> secure(const stream_target& target, stream_timeouts timeouts);
    void say_farewell();
    // Also for what was done in the moment when the stream was closed.
    [[nodiscard]] open_result unless_closed(open_result result, call_phase phase) const;

    asio::any_io_executor ex_;
    std::shared_ptr<time_source> time_;
    std::shared_ptr<endpoint_memory> memory_; // outlives the TLS layers
    asio::ip::tcp::socket socket_;
    socket_channel plain_;
    std::optional<tls_channel> tls_;       // to the target, or to the proxy
    std::optional<tls_channel> inner_tls_; // to the target, when tls_ ends at the proxy
    byte_channel* top_ = &plain_;          // what is read and written
    asio::cancellation_signal stop_resolving_;
    std::optional<connect_race> race_;      // while it runs
    call_phase opening_ = call_phase::pool; // not begun
    bool closed_ = false;
};

} // namespace redrive::net
