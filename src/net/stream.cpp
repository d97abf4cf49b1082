#include "net/stream.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <utility>

#include "net/resolver.hpp"
#include "net/waiting.hpp"

namespace redrive::net {
namespace {

// Closes the socket when the time is up, so that whatever waits on it fails.
class time_limit {
  public:
    time_limit(time_source& time,
               const asio::any_io_executor& ex,
               asio::ip::tcp::socket& socket,
               std::chrono::milliseconds limit)
        : timer_{time.make_timer(ex)}, state_{std::make_shared<state>(state::running)} {
        timer_->async_wait_until(time.now() + limit, [&socket, at = state_](error_code ec) {
            if (ec || *at == state::over) return;
            *at = state::expired;
            error_code ignored;
            socket.close(ignored);
        });
    }
    // The timer may have gone off already, with its handler still on the way.
    ~time_limit() { *state_ = state::over; }
    time_limit(const time_limit&) = delete;
    time_limit& operator=(const time_limit&) = delete;

    [[nodiscard]] bool expired() const noexcept { return *state_ == state::expired; }

  private:
    enum class state : std::uint8_t { running, expired, over };

    std::unique_ptr<time_source::timer> timer_;
    std::shared_ptr<state> state_;
};

std::string at_address(const asio::ip::tcp::endpoint& address) {
    const auto text = address.address().to_string();
    return (address.address().is_v6() ? "[" + text + "]" : text) + ":" +
           std::to_string(address.port());
}

bool is_address_literal(const std::string& host) {
    error_code ec;
    (void)asio::ip::make_address(host, ec);
    return !ec;
}

// False: OpenSSL cannot verify such a host, and would accept any.
bool expect_host(SSL* ssl, const std::string& host) {
    if (is_address_literal(host))
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) == 1;
    return !host.empty() && SSL_set_tlsext_host_name(ssl, host.c_str()) == 1 &&
           SSL_set1_host(ssl, host.c_str()) == 1;
}

open_result failure(client_errc ec, call_phase phase, std::string detail) {
    open_result out;
    out.ec = ec;
    out.phase = phase;
    out.detail = std::move(detail);
    return out;
}

} // namespace

byte_stream::byte_stream(asio::any_io_executor ex, std::shared_ptr<time_source> time)
    : ex_{std::move(ex)}, time_{std::move(time)}, socket_{ex_}, plain_{socket_} {}

asio::awaitable<open_result> byte_stream::open(stream_target target, stream_timeouts timeouts) {
    auto result = co_await connect(target, timeouts);
    if (!result.ec && target.tls) result = co_await shake_hands(target, timeouts);
    if (result.ec) close();
    co_return result;
}

asio::awaitable<open_result> byte_stream::connect(const stream_target& target,
                                                  stream_timeouts timeouts) {
    const auto& host = target.connect_host.empty() ? target.host : target.connect_host;
    const auto port = target.connect_port == 0 ? target.port : target.connect_port;
    const auto found = co_await asio::co_spawn(
        ex_,
        resolve(ex_, host, port),
        asio::bind_cancellation_slot(stop_resolving_.slot(), asio::use_awaitable));
    stop_resolving_.slot().clear(); // what it would stop is gone
    if (closed_) co_return failure(client_errc::client_closed, call_phase::resolve, {});
    if (found.ec)
        co_return failure(
            client_errc::resolve_failed, call_phase::resolve, "cannot resolve " + host);

    auto last = failure(client_errc::connect_failed, call_phase::connect, {});
    for (const auto& address : found.addresses) {
        error_code ignored;
        socket_.close(ignored);
        const time_limit limit{*time_, ex_, socket_, timeouts.connect};
        const auto [ec] = co_await socket_.async_connect(address, as_result);
        if (closed_) co_return failure(client_errc::client_closed, call_phase::connect, {});
        if (!ec) {
            socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
            co_return open_result{};
        }
        last = limit.expired() ? failure(client_errc::connect_timeout,
                                         call_phase::connect,
                                         at_address(address) + ": no answer")
                               : failure(client_errc::connect_failed,
                                         call_phase::connect,
                                         at_address(address) + ": " + ec.message());
    }
    co_return last;
}

asio::awaitable<open_result> byte_stream::shake_hands(const stream_target& target,
                                                      stream_timeouts timeouts) {
    tls_.emplace(plain_, *target.tls);
    if (!expect_host(tls_->native_handle(), target.host))
        co_return failure(client_errc::certificate_rejected,
                          call_phase::tls,
                          "no certificate can be verified for this host");
    const time_limit limit{*time_, ex_, socket_, timeouts.tls};
    const auto ec = co_await tls_->handshake();
    if (closed_) co_return failure(client_errc::client_closed, call_phase::tls, {});
    if (!ec) {
        top_ = &*tls_;
        co_return open_result{};
    }
    if (limit.expired())
        co_return failure(client_errc::tls_timeout, call_phase::tls, "the handshake got no answer");
    const auto verdict = SSL_get_verify_result(tls_->native_handle());
    if (verdict != X509_V_OK)
        co_return failure(client_errc::certificate_rejected,
                          call_phase::tls,
                          X509_verify_cert_error_string(verdict));
    co_return failure(client_errc::tls_failed, call_phase::tls, ec.message());
}

// So that the peer can tell an end from a cut (RFC 8446 section 6.1); nobody waits for it.
void byte_stream::say_farewell() {
    error_code ignored;
    const auto bytes = tls_->farewell();
    socket_.non_blocking(true, ignored);
    socket_.write_some(asio::buffer(bytes.data(), bytes.size()), ignored);
}

// TLS keeps no record back that is complete.
bool byte_stream::has_input() const {
    error_code ignored;
    return socket_.available(ignored) > 0;
}

void byte_stream::close() {
    if (std::exchange(closed_, true)) return;
    error_code ignored;
    if (tls_ && top_ == &*tls_) say_farewell();
    socket_.close(ignored);
    stop_resolving_.emit(asio::cancellation_type::terminal);
}

} // namespace redrive::net
