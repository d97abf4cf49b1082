#include "support/scripted_peer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <deque>
#include <optional>
#include <tuple>
#include <utility>

namespace redrive::test {
namespace {

using asio::ip::tcp;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

constexpr wire::http_limits generous{64 * 1024, 256 * 1024 * 1024};

asio::ssl::context context_for(const certificate_set& identity) {
    asio::ssl::context context{asio::ssl::context::tls_server};
    context.use_certificate_chain(asio::buffer(identity.leaf));
    context.use_private_key(asio::buffer(identity.key), asio::ssl::context::pem);
    return context;
}

} // namespace

struct scripted_peer::state {
    state(asio::io_context& io, std::shared_ptr<time_source> clock, const certificate_set& identity)
        : context{io}, time{std::move(clock)}, acceptor{io}, tls{context_for(identity)} {}

    asio::io_context& context;
    std::shared_ptr<time_source> time;
    tcp::acceptor acceptor;
    asio::ssl::context tls;
    peer_security security = peer_security::tls;
    std::deque<peer_script> scripts; // by connection; references stay valid
    peer_script afterwards;
    std::vector<seen_request> requests;
    std::vector<std::weak_ptr<peer_session>> sessions;
    std::size_t accepted = 0;
    std::size_t ended = 0;
    std::size_t steps_done = 0;
    std::optional<std::pair<std::size_t, failure>> failing;
    std::uint16_t port = 0;
};

class peer_session : public std::enable_shared_from_this<peer_session> {
  public:
    using state_pointer = std::shared_ptr<scripted_peer::state>;

    peer_session(state_pointer owner, tcp::socket socket, std::size_t number)
        : owner_{std::move(owner)}, socket_{std::move(socket)}, number_{number} {}

    // The script is copied: the test may go on writing others.
    asio::awaitable<void> play(std::shared_ptr<peer_session> self, peer_script script) {
        bool goes_on = co_await open(script);
        for (auto at = script.steps_.begin(); goes_on && at != script.steps_.end(); ++at)
            goes_on = co_await (*at)(*this);
        close();
        ++owner_->ended;
        self.reset();
    }

    asio::awaitable<bool> read_requests(std::size_t count) {
        taken_ += count;
        bool more = true;
        while (more && seen_ < taken_)
            more = co_await read_more();
        co_return more;
    }

    asio::awaitable<bool> read_bytes(std::size_t count) {
        bool more = true;
        while (more && count != 0) {
            more = co_await read_some(count);
            count -= received_.size();
            parse(received_);
        }
        co_return more;
    }

    asio::awaitable<bool> read_to_end() {
        bool more = true;
        while (more)
            more = co_await read_more();
        co_return false;
    }

    asio::awaitable<bool> serve(peer_script::responder answer) {
        bool more = true;
        answered_ = taken_; // by the steps before
        while (more) {
            while (more && answered_ < seen_)
                more = co_await write(answer(request(answered_++)));
            if (more) more = co_await read_more();
        }
        co_return false;
    }

    asio::awaitable<bool> write(std::string bytes) {
        std::string_view rest = bytes;
        while (!rest.empty()) {
            if (fails_now()) co_return false;
            const auto buffer = asio::buffer(rest.data(), rest.size());
            error_code ec;
            std::size_t n = 0;
            if (tls_) {
                std::tie(ec, n) = co_await tls_->async_write_some(buffer, as_result);
            } else {
                std::tie(ec, n) = co_await socket_.async_write_some(buffer, as_result);
            }
            if (ec) co_return false;
            rest.remove_prefix(n);
        }
        co_return true;
    }

    // Lets the code under test see what was written before.
    asio::awaitable<void> yield() {
        for (int i = 0; i < 8; ++i)
            co_await asio::post(owner_->context, asio::use_awaitable);
    }

    asio::awaitable<bool> wait(std::chrono::milliseconds span) {
        const auto timer = owner_->time->make_timer(owner_->context.get_executor());
        const auto when = owner_->time->now() + span;
        auto [ec] = co_await asio::async_initiate<decltype(as_result), void(error_code)>(
            [&](auto handler) { timer->async_wait_until(when, std::move(handler)); }, as_result);
        co_return !ec && socket_.is_open();
    }

    asio::awaitable<bool> wait_for(std::shared_ptr<gate::state> door) {
        if (!door->opened) {
            co_await asio::async_initiate<decltype(asio::use_awaitable), void()>(
                [&](auto handler) {
                    door->waiters.push_back({owner_->context.get_executor(), std::move(handler)});
                },
                asio::use_awaitable);
        }
        co_return socket_.is_open();
    }

    // Ends when either side does; then neither is of use.
    asio::awaitable<bool> tunnel(std::uint16_t port) {
        const auto far = std::make_shared<tcp::socket>(owner_->context);
        const tcp::endpoint there{asio::ip::address_v4::loopback(), port};
        auto [ec] = co_await far->async_connect(there, as_result);
        if (ec) co_return false;
        far->set_option(tcp::no_delay{true}, ec);
        asio::co_spawn(owner_->context, pump_back(shared_from_this(), far), asio::detached);
        bool more = true;
        while (more) {
            more = co_await read_some(16 * 1024);
            for (std::string_view rest = received_; more && !rest.empty();) {
                auto [failed, n] = co_await far->async_write_some(
                    asio::buffer(rest.data(), rest.size()), as_result);
                more = !failed;
                rest.remove_prefix(n);
            }
        }
        far->close(ec);
        co_return false;
    }

    // Only says it: the answer of the client is not waited for.
    asio::awaitable<bool> close_notify() {
        asio::co_spawn(
            owner_->context,
            [](std::shared_ptr<peer_session> self) -> asio::awaitable<void> {
                co_await self->tls_->async_shutdown(as_result);
            }(shared_from_this()),
            asio::detached);
        co_await yield();
        co_return true;
    }

    asio::awaitable<bool> hold() {
        co_await socket_.async_wait(tcp::socket::wait_error, as_result);
        co_return false;
    }

    // With TLS it returns when the client has ended the connection, too.
    asio::awaitable<bool> shut_down() {
        if (tls_) co_await tls_->async_shutdown(as_result);
        co_return true;
    }

    void close() {
        error_code ignored;
        socket_.shutdown(tcp::socket::shutdown_both, ignored);
        socket_.close(ignored);
    }

    void reset() {
        error_code ignored;
        socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
        socket_.close(ignored);
    }

    // Small enough for the socket to take it at once.
    void write_now(std::string_view bytes) {
        const auto buffer = asio::buffer(bytes.data(), bytes.size());
        error_code ignored;
        if (tls_)
            tls_->write_some(buffer, ignored);
        else
            socket_.write_some(buffer, ignored);
    }

  private:
    asio::awaitable<bool> open(const peer_script& script) {
        if (owner_->security == peer_security::plain || !script.shakes_hands_) co_return true;
        if (fails_now()) co_return false;
        tls_.emplace(socket_, owner_->tls);
        auto [ec] = co_await tls_->async_handshake(asio::ssl::stream_base::server, as_result);
        co_return !ec;
    }

    asio::awaitable<void> pump_back(std::shared_ptr<peer_session> self,
                                    std::shared_ptr<tcp::socket> far) {
        std::string bytes;
        bool more = true;
        while (more) {
            bytes.resize(16 * 1024);
            auto [ec, n] = co_await far->async_read_some(asio::buffer(bytes), as_result);
            more = !ec;
            bytes.resize(n);
            if (more) more = co_await write(bytes);
        }
        close();
        self.reset();
    }

    [[nodiscard]] bool fails_now() {
        const auto step = owner_->steps_done++;
        if (!owner_->failing || owner_->failing->first != step) return false;
        owner_->failing->second == scripted_peer::failure::reset ? reset() : close();
        return true;
    }

    asio::awaitable<bool> read_some(std::size_t most) {
        if (fails_now()) co_return false;
        received_.resize(most);
        const auto buffer = asio::buffer(received_);
        error_code ec;
        std::size_t n = 0;
        if (tls_) {
            std::tie(ec, n) = co_await tls_->async_read_some(buffer, as_result);
        } else {
            std::tie(ec, n) = co_await socket_.async_read_some(buffer, as_result);
        }
        received_.resize(n);
        co_return !ec;
    }

    asio::awaitable<bool> read_more() {
        const bool more = co_await read_some(16 * 1024);
        if (more) parse(received_);
        co_return more;
    }

    void parse(std::string_view bytes) {
        while (!bytes.empty() && parser_.error() == wire::http_error::none) {
            bytes.remove_prefix(parser_.feed(bytes));
            if (!parser_.done()) continue;
            owner_->requests.push_back({number_, parser_.request()});
            indices_.push_back(owner_->requests.size() - 1);
            ++seen_;
            parser_.next();
        }
    }

    [[nodiscard]] const seen_request& request(std::size_t own) const {
        return owner_->requests[indices_[own]];
    }

    state_pointer owner_;
    tcp::socket socket_;
    std::optional<asio::ssl::stream<tcp::socket&>> tls_;
    std::size_t number_;
    wire::request_parser parser_{generous};
    std::string received_;
    std::vector<std::size_t> indices_; // of its requests among the peer's
    std::size_t seen_ = 0;             // requests that arrived
    std::size_t taken_ = 0;            // by expect()
    std::size_t answered_ = 0;         // by serve()
};

namespace {

asio::awaitable<void> accept_all(std::shared_ptr<scripted_peer::state> peer) {
    while (true) {
        tcp::socket socket{peer->context};
        auto [ec] = co_await peer->acceptor.async_accept(socket, as_result);
        if (ec) co_return;
        // What is written is there at once: the clock must not jump while the kernel holds it back.
        socket.set_option(tcp::no_delay{true}, ec);
        const auto number = peer->accepted++;
        auto script = number < peer->scripts.size() ? peer->scripts[number] : peer->afterwards;
        auto session = std::make_shared<peer_session>(peer, std::move(socket), number);
        peer->sessions.push_back(session);
        asio::co_spawn(peer->context, session->play(session, std::move(script)), asio::detached);
    }
}

} // namespace

void gate::open() {
    state_->opened = true;
    for (auto& each : std::exchange(state_->waiters, {}))
        asio::post(each.ex,
                   [handler = std::move(each.handler)]() mutable { std::move(handler)(); });
}

std::string seen_request::header(std::string_view name) const {
    return std::string{wire::find_header(request.headers, name)};
}

peer_script& peer_script::add(step what) {
    steps_.push_back(std::move(what));
    return *this;
}

peer_script& peer_script::expect(std::size_t requests) {
    return add([requests](peer_session& on) { return on.read_requests(requests); });
}

peer_script& peer_script::expect_bytes(std::size_t count) {
    return add([count](peer_session& on) { return on.read_bytes(count); });
}

peer_script& peer_script::expect_end() {
    return add([](peer_session& on) { return on.read_to_end(); });
}

peer_script& peer_script::reply(std::string bytes) {
    return add([bytes = std::move(bytes)](peer_session& on) { return on.write(bytes); });
}

peer_script& peer_script::reply_in_pieces(std::vector<std::string> pieces) {
    for (auto& piece : pieces) {
        reply(std::move(piece));
        pause();
    }
    return *this;
}

peer_script& peer_script::reply_at_once(std::vector<std::string> pieces) {
    return add([pieces = std::move(pieces)](peer_session& on) -> asio::awaitable<bool> {
        for (const auto& piece : pieces)
            on.write_now(piece);
        co_return true;
    });
}

peer_script& peer_script::serve(responder answer) {
    return add([answer = std::move(answer)](peer_session& on) { return on.serve(answer); });
}

peer_script& peer_script::delay(std::chrono::milliseconds span) {
    return add([span](peer_session& on) { return on.wait(span); });
}

peer_script& peer_script::until(const gate& opened) {
    return add([door = opened.shared()](peer_session& on) { return on.wait_for(door); });
}

peer_script& peer_script::tunnel(std::uint16_t port) {
    return add([port](peer_session& on) { return on.tunnel(port); });
}

peer_script& peer_script::close_notify() {
    return add([](peer_session& on) { return on.close_notify(); });
}

peer_script& peer_script::hold() {
    return add([](peer_session& on) { return on.hold(); });
}

peer_script& peer_script::pause() {
    return add([](peer_session& on) -> asio::awaitable<bool> {
        co_await on.yield();
        co_return true;
    });
}

peer_script& peer_script::bid_farewell() {
    add([](peer_session& on) { return on.shut_down(); });
    return close();
}

peer_script& peer_script::close() {
    return add([](peer_session& on) -> asio::awaitable<bool> {
        on.close();
        co_return false;
    });
}

peer_script& peer_script::reset() {
    return add([](peer_session& on) -> asio::awaitable<bool> {
        on.reset();
        co_return false;
    });
}

peer_script& peer_script::before_handshake() {
    shakes_hands_ = false;
    return *this;
}

scripted_peer::scripted_peer(asio::io_context& context,
                             std::shared_ptr<time_source> time,
                             peer_security security,
                             const certificate_set& identity)
    : state_{std::make_shared<state>(context, std::move(time), identity)} {
    state_->security = security;
    const tcp::endpoint loopback{asio::ip::address_v4::loopback(), 0};
    state_->acceptor.open(loopback.protocol());
    state_->acceptor.bind(loopback);
    state_->acceptor.listen();
    state_->port = state_->acceptor.local_endpoint().port();
    asio::co_spawn(context, accept_all(state_), asio::detached);
}

scripted_peer::~scripted_peer() {
    stop_listening();
    for (const auto& each : state_->sessions)
        if (const auto session = each.lock()) session->close();
}

peer_script& scripted_peer::connection() {
    return state_->scripts.emplace_back();
}
peer_script& scripted_peer::afterwards() {
    return state_->afterwards;
}
void scripted_peer::fail_at(std::size_t step, failure how) {
    state_->failing.emplace(state_->steps_done + step, how);
}
std::size_t scripted_peer::steps_done() const {
    return state_->steps_done;
}
std::uint16_t scripted_peer::port() const {
    return state_->port;
}
std::string scripted_peer::url(const std::string& host) const {
    const auto* scheme = state_->security == peer_security::tls ? "https://" : "http://";
    return scheme + host + ":" + std::to_string(port());
}
const std::vector<seen_request>& scripted_peer::requests() const {
    return state_->requests;
}
std::size_t scripted_peer::connections() const {
    return state_->accepted;
}
std::size_t scripted_peer::ended() const {
    return state_->ended;
}

void scripted_peer::stop_listening() {
    error_code ignored;
    state_->acceptor.close(ignored);
}

std::string http_reply(std::string_view body,
                       std::string_view status,
                       std::string_view more_headers) {
    std::string text = "HTTP/1.1 ";
    text.append(status).append("\r\nContent-Length: ").append(std::to_string(body.size()));
    text.append("\r\n").append(more_headers).append("\r\n").append(body);
    return text;
}

} // namespace redrive::test
