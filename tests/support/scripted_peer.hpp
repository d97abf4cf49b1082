#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "redrive/time_source.hpp"
#include "support/test_certificates.hpp"
#include "wire/http_parser.hpp"

namespace redrive::test {

namespace asio = boost::asio;

// What a peer received, in the order of arrival.
struct seen_request {
    std::size_t connection = 0; // counted from 0
    wire::http_request request;

    [[nodiscard]] std::string header(std::string_view name) const;
};

// Opened once by the test; scripts wait for it.
class gate {
  public:
    struct waiter {
        asio::any_io_executor ex;
        asio::any_completion_handler<void()> handler;
    };
    struct state {
        bool opened = false;
        std::vector<waiter> waiters;
    };

    gate() = default;
    gate(const gate&) = delete;
    gate& operator=(const gate&) = delete;
    ~gate() { std::exchange(state_->waiters, {}).clear(); }

    void open();
    [[nodiscard]] const std::shared_ptr<state>& shared() const { return state_; }

  private:
    std::shared_ptr<state> state_ = std::make_shared<state>();
};

class peer_session;

// What a peer does on one connection, step after step; then it closes the connection.
class peer_script {
  public:
    using responder = std::function<std::string(const seen_request&)>;

    // Reads until so many more requests have arrived.
    peer_script& expect(std::size_t requests = 1);
    // Reads so many bytes, and no more.
    peer_script& expect_bytes(std::size_t count);
    // Reads until the client ends the connection.
    peer_script& expect_end();
    peer_script& reply(std::string bytes);
    // Each piece is a write of its own, and the client has its turn before the next one.
    peer_script& reply_in_pieces(std::vector<std::string> pieces);
    // The same, but the client has no turn before the next step.
    peer_script& reply_at_once(std::vector<std::string> pieces);
    // Answers each request, to the end of the connection; an empty text: no answer to this one.
    peer_script& serve(responder answer);
    peer_script& delay(std::chrono::milliseconds span); // in the world's time
    peer_script& until(const gate& opened);
    // Carries bytes both ways between the client and this port of 127.0.0.1, as a proxy does.
    peer_script& tunnel(std::uint16_t port);
    peer_script& close_notify(); // the orderly end of TLS; the connection stays
    peer_script& hold();         // for ever: says nothing, reads nothing
    peer_script& pause();        // the client has its turn
    peer_script& close();        // orderly, but without TLS's close_notify
    peer_script& bid_farewell(); // orderly, and TLS says so too
    peer_script& reset();        // TCP RST

    // With TLS, before the handshake instead of after it.
    peer_script& before_handshake();

  private:
    friend class scripted_peer;
    friend class peer_session;
    using step = std::function<asio::awaitable<bool>(peer_session&)>;

    peer_script& add(step what);

    std::vector<step> steps_;
    bool shakes_hands_ = true;
};

enum class peer_security : std::uint8_t { plain, tls };

// A server on a loopback port, in the io_context of the code under test. One thread. The n-th
// connection plays the n-th script; those without one play `afterwards()`.
class scripted_peer {
  public:
    scripted_peer(asio::io_context& context,
                  std::shared_ptr<time_source> time,
                  peer_security security = peer_security::tls,
                  const certificate_set& identity = loopback_certificates());
    ~scripted_peer();
    scripted_peer(const scripted_peer&) = delete;
    scripted_peer& operator=(const scripted_peer&) = delete;

    // The script of the next connection that has none.
    peer_script& connection();
    // What every further connection does.
    peer_script& afterwards();

    // The peer ends the connection in place of its k-th handshake, read or write from now on.
    enum class failure : std::uint8_t { close, reset };
    void fail_at(std::size_t step, failure how);
    [[nodiscard]] std::size_t steps_done() const;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::string url(const std::string& host = "127.0.0.1") const;
    [[nodiscard]] const std::vector<seen_request>& requests() const;
    [[nodiscard]] std::size_t connections() const; // accepted
    // Those of them that the client or the script has ended.
    [[nodiscard]] std::size_t ended() const;

    // No further connection is accepted; the port refuses.
    void stop_listening();

    struct state;

  private:
    std::shared_ptr<state> state_;
};

// A reply with this body.
[[nodiscard]] std::string http_reply(std::string_view body,
                                     std::string_view status = "200 OK",
                                     std::string_view more_headers = {});

} // namespace redrive::test
