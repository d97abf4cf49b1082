#include "net/proxy_tunnel.hpp"

#include <array>

#include "wire/http_parser.hpp"
#include "wire/proxy_connect.hpp"

namespace redrive::net {
namespace {

constexpr std::size_t longest_answer = 16 * 1024;

open_result proxy_failure(std::string detail) {
    return open_failure(client_errc::proxy_failed, call_phase::proxy, std::move(detail));
}

// What the proxy's answer says; the tunnel begins right behind it, and the far end of a tunnel for
// TLS never speaks first.
open_result judge(wire::http_reply& reply,
                  bool more_follows,
                  const wire::proxy_address& proxy,
                  const std::string& authority) {
    if (reply.status / 100 != 2) {
        auto why = wire::explain_refusal(proxy, authority, reply.status, reply.reason);
        return open_failure(why.ec, call_phase::proxy, std::move(why.detail));
    }
    if (more_follows)
        return proxy_failure("proxy " + proxy.name() + " sent bytes that nobody asked for");
    return {};
}

asio::awaitable<open_result> read_answer(byte_stream& stream,
                                         const wire::proxy_address& proxy,
                                         std::string authority) {
    wire::http_limits limits;
    limits.header_bytes = longest_answer;
    limits.header_only = true;
    wire::reply_parser parser{limits};
    std::array<char, 4096> in;
    while (true) {
        const auto result = co_await stream.read_some(in);
        if (result.ec)
            co_return proxy_failure("proxy " + proxy.name() +
                                    " ended the connection: " + result.ec.message());
        const auto used = parser.feed({in.data(), result.n});
        if (parser.error() != wire::http_error::none)
            co_return proxy_failure(proxy.name() + " does not answer as an HTTP proxy");
        if (parser.done()) co_return judge(parser.reply(), used < result.n, proxy, authority);
    }
}

} // namespace

asio::awaitable<open_result> open_tunnel(byte_stream& stream,
                                         const wire::proxy_address& proxy,
                                         std::string authority,
                                         const time_limit& limit) {
    const auto request = wire::connect_request(proxy, authority);
    const auto ec = co_await stream.write_all(request);
    open_result result;
    if (ec)
        result = proxy_failure("proxy " + proxy.name() + " ended the connection: " + ec.message());
    else
        result = co_await read_answer(stream, proxy, authority);
    if (result.ec && limit.expired())
        result = proxy_failure("proxy " + proxy.name() + " does not answer the request for " +
                               authority);
    co_return result;
}

} // namespace redrive::net
