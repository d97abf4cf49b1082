#include "net/stream.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>

#include <utility>

#include "net/name_memory.hpp"
#include "net/proxy_tunnel.hpp"
#include "net/tls_handshake.hpp"
#include "net/waiting.hpp"
#include "wire/proxy_connect.hpp"

namespace redrive::net {
namespace {

// The proxy is at fault, whatever the step was.
open_result blamed_on(const wire::proxy_address& proxy, open_result result) {
    if (!result.ec) return result;
    result.phase = call_phase::proxy;
    result.detail = "proxy " + proxy.name() + ": " + result.detail;
    return result;
}

} // namespace

byte_stream::byte_stream(asio::any_io_executor ex, std::shared_ptr<time_source> time)
    : ex_{std::move(ex)}, time_{std::move(time)}, socket_{ex_}, plain_{socket_} {}

asio::awaitable<open_result> byte_stream::open(stream_target target, stream_timeouts timeouts) {
    memory_ = target.memory;
    auto result = co_await open_layers(target, timeouts);
    if (result.ec) close();
    co_return result;
}

asio::awaitable<open_result> byte_stream::open_layers(const stream_target& target,
                                                      stream_timeouts timeouts) {
    auto reached = co_await connect(target, timeouts);
    if (target.proxy) {
        if (reached.ec) co_return blamed_on(target.proxy->address, std::move(reached));
        reached = co_await pass_proxy(target, timeouts);
    }
    if (reached.ec || !target.tls) co_return reached;
    auto result = co_await secure(target, timeouts);
    co_return unless_closed(std::move(result), call_phase::tls);
}

asio::awaitable<open_result> byte_stream::connect(const stream_target& target,
                                                  stream_timeouts timeouts) {
    const auto [host, port] = target.first_hop();
    opening_ = target.proxy ? call_phase::proxy : call_phase::resolve;
    auto found = co_await asio::co_spawn(
        ex_,
        resolve_remembered(ex_, time_, host, port),
        asio::bind_cancellation_slot(stop_resolving_.slot(), asio::use_awaitable));
    stop_resolving_.slot().clear(); // what it would stop is gone
    if (closed_) co_return open_failure(client_errc::client_closed, call_phase::resolve, {});
    if (found.ec)
        co_return open_failure(
            client_errc::resolve_failed, call_phase::resolve, "cannot resolve " + host);

    if (!target.proxy) opening_ = call_phase::connect;
    flow::connect_timing timing;
    timing.limit = timeouts.connect;
    // The memory lives as long as its part does.
    std::shared_ptr<flow::failed_addresses> failed;
    if (memory_) failed = {memory_, &memory_->failed};
    race_.emplace(ex_, time_, std::move(found.addresses), timing, std::move(failed));
    auto result = co_await race_->run(socket_);
    race_.reset();
    if (!result.ec) {
        error_code ignored;
        socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
        socket_.set_option(asio::socket_base::keep_alive{true}, ignored);
    }
    co_return unless_closed(std::move(result), call_phase::connect);
}

asio::awaitable<open_result> byte_stream::pass_proxy(const stream_target& target,
                                                     stream_timeouts timeouts) {
    const auto& proxy = *target.proxy;
    if (proxy.tls) {
        tls_.emplace(plain_, *proxy.tls);
        const auto limit = limited_to(timeouts.tls);
        auto* sessions = memory_ ? &memory_->sessions_with_proxy : nullptr;
        auto result = co_await shake_hands(*tls_, proxy.address.host, sessions, limit);
        result = unless_closed(blamed_on(proxy.address, std::move(result)), call_phase::proxy);
        if (result.ec) co_return result;
        top_ = &*tls_;
    }
    if (target.asks_in_absolute_form()) co_return open_result{};
    const auto limit = limited_to(timeouts.proxy);
    const auto place = target.place();
    auto authority = wire::connect_authority(place.host, place.port);
    auto result = co_await open_tunnel(*this, proxy.address, std::move(authority), limit);
    co_return unless_closed(std::move(result), call_phase::proxy);
}

asio::awaitable<open_result> byte_stream::secure(const stream_target& target,
                                                 stream_timeouts timeouts) {
    opening_ = call_phase::tls;
    const auto limit = limited_to(timeouts.tls);
    auto* sessions = memory_ ? &memory_->sessions : nullptr;
    auto& layer = tls_ ? inner_tls_ : tls_;
    layer.emplace(*top_, *target.tls);
    auto result = co_await shake_hands(*layer, target.host, sessions, limit);
    if (!result.ec) top_ = &*layer;
    co_return result;
}

open_result byte_stream::unless_closed(open_result result, call_phase phase) const {
    return closed_ ? open_failure(client_errc::client_closed, phase, {}) : std::move(result);
}

// So that the peer can tell an end from a cut (RFC 8446 section 6.1); nobody waits for it.
void byte_stream::say_farewell() {
    error_code ignored;
    const auto bytes = tls_->farewell();
    socket_.non_blocking(true, ignored);
    socket_.write_some(asio::buffer(bytes.data(), bytes.size()), ignored);
}

asio::awaitable<error_code> byte_stream::write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto result = co_await write_some(bytes);
        if (result.ec) co_return result.ec;
        bytes.remove_prefix(result.n);
    }
    co_return error_code{};
}

// TLS keeps no record back that is complete.
std::optional<tls_facts> byte_stream::security() const {
    for (const auto* layer : {&inner_tls_, &tls_})
        if (*layer && top_ == &**layer) return tls_facts_of((*layer)->native_handle());
    return std::nullopt;
}

bool byte_stream::has_input() const {
    error_code ignored;
    return socket_.available(ignored) > 0;
}

void byte_stream::close() {
    if (std::exchange(closed_, true)) return;
    error_code ignored;
    if (tls_ && top_ == &*tls_) say_farewell();
    socket_.close(ignored);
    if (race_) race_->stop();
    stop_resolving_.emit(asio::cancellation_type::terminal);
}

} // namespace redrive::net
