#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>

namespace redrive::net {

// The TLS sessions that connections to one endpoint may take up again, a bounded number, the newest
// first. One of TLS 1.3 serves once (RFC 8446 appendix C.4), one of TLS 1.2 again and again.
// Not thread-safe.
class tls_sessions {
  public:
    explicit tls_sessions(std::size_t most = 8) : most_{most} {}
    tls_sessions(const tls_sessions&) = delete;
    tls_sessions& operator=(const tls_sessions&) = delete;

    // Connections of this client context tell their sessions whom they joined.
    static void enable(SSL_CTX* context);

    // Before a handshake: takes up a session, and keeps those that the server gives. This must
    // outlive the connection.
    void join(SSL* connection);
    // After a successful handshake: counts it.
    void shook_hands(const SSL* connection);

    [[nodiscard]] std::size_t kept() const noexcept { return kept_.size(); }
    [[nodiscard]] std::uint64_t handshakes() const noexcept { return handshakes_; }
    [[nodiscard]] std::uint64_t resumed() const noexcept { return resumed_; } // of the handshakes

  private:
    struct freed {
        void operator()(SSL_SESSION* session) const noexcept;
    };
    using session_pointer = std::unique_ptr<SSL_SESSION, freed>;

    static int on_session(SSL* connection, SSL_SESSION* session);
    void keep(session_pointer session);
    [[nodiscard]] session_pointer take();

    std::size_t most_;
    std::deque<session_pointer> kept_; // the newest at the end
    std::uint64_t handshakes_ = 0;
    std::uint64_t resumed_ = 0;
};

} // namespace redrive::net
