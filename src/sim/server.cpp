#include "sim/server.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "sim/connection.hpp"
#include "sim/key_values.hpp"

namespace redrive::sim {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Only HTTP/1.1 is spoken; a client that offers nothing gets it too.
int choose_protocol(SSL*,
                    const unsigned char** out,
                    unsigned char* out_size,
                    const unsigned char* in,
                    unsigned in_size,
                    void*) {
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, out_size, ours, sizeof ours - 1, in, in_size) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

void set_up(asio::ssl::context& tls, const certificate_set& identity) {
    tls.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    tls.use_certificate_chain(asio::buffer(identity.chain));
    tls.use_private_key(asio::buffer(identity.key), asio::ssl::context::pem);
    constexpr std::string_view name = "redrive-sim";
    SSL_CTX_set_session_id_context(tls.native_handle(),
                                   reinterpret_cast<const unsigned char*>(name.data()),
                                   static_cast<unsigned>(name.size()));
    SSL_CTX_set_alpn_select_cb(tls.native_handle(), choose_protocol, nullptr);
}

struct host_and_port {
    std::string host, port;
};

host_and_port split_listen(const std::string& listen) {
    constexpr std::int64_t largest_port = 65'535;
    const auto colon = std::min(listen.rfind(':'), listen.size());
    auto host = listen.substr(0, colon);
    auto port = listen.substr(std::min(colon + 1, listen.size()));
    if (host.empty() || whole_number("port", port) > largest_port)
        throw std::invalid_argument{"'" + listen + "' is not HOST:PORT"};
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    return {std::move(host), std::move(port)};
}

tcp::endpoint resolve(asio::io_context& context, const host_and_port& where) {
    tcp::resolver resolver{context};
    return resolver.resolve(where.host, where.port, tcp::resolver::passive)->endpoint();
}

std::string shown_host(const std::string& given, const asio::ip::address& bound) {
    if (bound.is_v6()) return bound.is_unspecified() ? "[::1]" : "[" + bound.to_string() + "]";
    if (bound.is_unspecified()) return "127.0.0.1";
    return given == "localhost" ? given : bound.to_string();
}

} // namespace

server::server(asio::io_context& context,
               simulation& subject,
               const std::string& listen,
               const std::optional<certificate_set>& identity)
    : simulation_{subject}, router_{subject}, acceptor_{context} {
    const auto where = split_listen(listen);
    const auto endpoint = resolve(context, where);
    if (identity) set_up(tls_.emplace(asio::ssl::context::tls_server), *identity);
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address{true});
    acceptor_.bind(endpoint);
    acceptor_.listen();
    const auto bound = acceptor_.local_endpoint();
    url_ = (tls_ ? "https://" : "http://") + shown_host(where.host, bound.address()) + ":" +
           std::to_string(bound.port());
    router_.set_base_url(url_);
}

void server::start() {
    asio::co_spawn(acceptor_.get_executor(), accept_all(), asio::detached);
}

asio::awaitable<void> server::accept_all() {
    const auto executor = acceptor_.get_executor();
    while (acceptor_.is_open()) {
        auto [ec, socket] = co_await acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
        if (ec) {
            // Perhaps out of descriptors: connections that end give some back.
            asio::steady_timer pause{executor, std::chrono::milliseconds{50}};
            co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
            continue;
        }
        boost::system::error_code ignored;
        socket.set_option(tcp::no_delay{true}, ignored);
        auto talk = tls_ ? serve_tls(std::move(socket), *tls_, router_, simulation_)
                         : serve_plain(std::move(socket), router_, simulation_);
        asio::co_spawn(executor, std::move(talk), asio::detached);
    }
}

} // namespace redrive::sim
