#include "sim/connection.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "sim/watchdog.hpp"

namespace redrive::sim {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using tls_stream = asio::ssl::stream<tcp::socket>;
using boost::system::error_code;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t input_bytes = 64 * 1024;
constexpr std::size_t most_unwritten_bytes = 1024 * 1024;
constexpr milliseconds poll_pause{20}; // of a long poll
constexpr milliseconds longest_handshake{10'000};
constexpr milliseconds longest_farewell{500};

wall_time wall_now() {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

tcp::socket& socket_of(tcp::socket& stream) {
    return stream;
}
tcp::socket& socket_of(tls_stream& stream) {
    return stream.next_layer();
}

// Whether bytes have arrived that a read would return at once.
bool has_input(tcp::socket& stream) {
    error_code ignored;
    return stream.available(ignored) > 0;
}
bool has_input(tls_stream& stream) {
    SSL* ssl = stream.native_handle();
    return SSL_pending(ssl) > 0 || BIO_ctrl_pending(SSL_get_rbio(ssl)) > 0 ||
           has_input(stream.next_layer());
}

asio::awaitable<void> say_goodbye(tcp::socket&) {
    co_return;
}
asio::awaitable<void> say_goodbye(tls_stream& stream) {
    const watchdog limit{stream.next_layer(), longest_farewell};
    co_await stream.async_shutdown(as_result);
}

template <class Stream>
class conversation {
  public:
    conversation(Stream& stream, router& route, simulation& subject)
        : stream_{stream}, router_{route}, simulation_{subject}, input_(input_bytes) {}

    asio::awaitable<void> run() {
        auto n = co_await read();
        while (n > 0 && co_await answer_arrived(n))
            n = co_await read();
    }

  private:
    enum class next_step : std::uint8_t { go_on, ignore_rest, end };

    asio::awaitable<std::size_t> read() {
        std::optional<watchdog<tcp::socket>> limit;
        if (idle_limit_) limit.emplace(socket_of(stream_), *idle_limit_);
        const auto [ec, n] = co_await stream_.async_read_some(asio::buffer(input_), as_result);
        co_return ec ? 0 : n;
    }

    // False when the connection is over.
    asio::awaitable<bool> answer_arrived(std::size_t n) {
        std::uint64_t answered = 0;
        auto step = next_step::go_on;
        while (true) {
            std::string_view rest{input_.data(), n};
            while (!rest.empty()) {
                rest.remove_prefix(parser_.feed(rest));
                if (parser_.error() != wire::http_error::none) co_return co_await refuse();
                if (!parser_.done()) break;
                ++answered;
                const bool more = !rest.empty() || has_input(stream_);
                if (step == next_step::go_on) step = co_await answer(more);
                if (step == next_step::end) co_return false;
                parser_.next();
            }
            if (out_.size() >= most_unwritten_bytes || !has_input(stream_)) break;
            n = co_await read();
            if (n == 0) break;
        }
        auto& deepest = simulation_.ledger.connections.deepest_pipeline;
        deepest = std::max(deepest, answered);
        co_return co_await flush() && n > 0;
    }

    asio::awaitable<bool> refuse() {
        out_ += "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        co_await end_politely();
        co_return false;
    }

    asio::awaitable<next_step> answer(bool more_wait) {
        const auto start = out_.size();
        const auto arrived = wall_now();
        auto how = router_.answer(parser_.request(), ++served_, arrived, out_);
        while (how.wait_until) {
            if (!co_await flush()) co_return next_step::end;
            co_await pause(poll_pause);
            router_.ask_again(parser_.request(), how, arrived, wall_now(), out_);
        }
        idle_limit_ = how.idle_limit;
        if (how.how != delivery::way::whole || how.delay.count() > 0)
            if (!co_await deliver(how, std::min(start, out_.size()))) co_return next_step::end;
        if (how.then_close || (how.close_if_pipelined && more_wait)) {
            co_await end_politely();
            co_return next_step::end;
        }
        co_return how.ignore_behind ? next_step::ignore_rest : next_step::go_on;
    }

    // The unusual ways: what was answered before goes out first.
    asio::awaitable<bool> deliver(const delivery& how, std::size_t start) {
        auto reply = out_.substr(start);
        out_.resize(start);
        if (!co_await flush()) co_return false;
        if (how.delay.count() > 0) co_await pause(how.delay);
        switch (how.how) {
        case delivery::way::whole: out_ = std::move(reply); co_return true;
        case delivery::way::none: co_return false;
        case delivery::way::reset: reset(); co_return false;
        case delivery::way::half: out_ = first_half(reply); break;
        case delivery::way::drip: co_return co_await drip(reply, how.drip_pause);
        }
        co_await flush();
        co_return false;
    }

    static std::string first_half(const std::string& reply) {
        const auto body = std::min(reply.find("\r\n\r\n") + 4, reply.size());
        return reply.substr(0, body + (reply.size() - body) / 2);
    }

    asio::awaitable<bool> drip(const std::string& reply, milliseconds pause_between) {
        for (const char& byte : reply) {
            const auto [ec, n] =
                co_await asio::async_write(stream_, asio::buffer(&byte, 1), as_result);
            if (ec) co_return false;
            if (pause_between.count() > 0) co_await pause(pause_between);
        }
        co_return true;
    }

    asio::awaitable<bool> flush() {
        if (out_.empty()) co_return true;
        const auto [ec, n] = co_await asio::async_write(stream_, asio::buffer(out_), as_result);
        out_.clear();
        co_return !ec;
    }

    asio::awaitable<void> pause(milliseconds length) {
        asio::steady_timer timer{stream_.get_executor(), length};
        co_await timer.async_wait(as_result);
    }

    void reset() {
        auto& socket = socket_of(stream_);
        error_code ignored;
        socket.set_option(asio::socket_base::linger{true, 0}, ignored);
        socket.close(ignored);
    }

    // Closing with unread input would reset the connection and take the last reply with it.
    asio::awaitable<void> end_politely() {
        if (!co_await flush()) co_return;
        co_await say_goodbye(stream_);
        auto& socket = socket_of(stream_);
        error_code ignored;
        socket.shutdown(tcp::socket::shutdown_send, ignored);
        const watchdog limit{socket, longest_farewell};
        while (true) {
            const auto [ec, n] = co_await socket.async_read_some(asio::buffer(input_), as_result);
            if (ec) co_return;
        }
    }

    Stream& stream_;
    router& router_;
    simulation& simulation_;
    wire::request_parser parser_;
    std::vector<char> input_;
    std::string out_;
    std::uint64_t served_ = 0;
    std::optional<milliseconds> idle_limit_;
};

class connection_count {
  public:
    explicit connection_count(simulation& subject) : counts_{subject.ledger.connections} {
        ++counts_.opened;
        ++counts_.open;
    }
    connection_count(const connection_count&) = delete;
    connection_count& operator=(const connection_count&) = delete;
    ~connection_count() { --counts_.open; }

  private:
    call_ledger::connection_counts& counts_;
};

asio::awaitable<void> fail_handshake(tcp::socket& socket) {
    constexpr std::string_view handshake_failure{"\x15\x03\x03\x00\x02\x02\x28", 7};
    std::array<char, 4096> hello;
    co_await socket.async_read_some(asio::buffer(hello), as_result);
    co_await asio::async_write(socket, asio::buffer(handshake_failure), as_result);
}

asio::awaitable<bool> shake_hands(tls_stream& stream) {
    const watchdog limit{stream.next_layer(), longest_handshake};
    const auto [ec] = co_await stream.async_handshake(tls_stream::server, as_result);
    co_return !ec;
}

} // namespace

asio::awaitable<void> serve_plain(tcp::socket socket, router& route, simulation& subject) {
    const connection_count counted{subject};
    conversation<tcp::socket> talk{socket, route, subject};
    co_await talk.run();
}

asio::awaitable<void> serve_tls(tcp::socket socket,
                                asio::ssl::context& identity,
                                router& route,
                                simulation& subject) {
    const connection_count counted{subject};
    if (subject.faults.fails_handshake()) {
        co_await fail_handshake(socket);
        co_return;
    }
    tls_stream stream{std::move(socket), identity};
    if (!co_await shake_hands(stream)) co_return;
    ++subject.ledger.connections.handshakes;
    if (SSL_session_reused(stream.native_handle()) == 1) ++subject.ledger.connections.resumed;
    conversation<tls_stream> talk{stream, route, subject};
    co_await talk.run();
}

} // namespace redrive::sim
