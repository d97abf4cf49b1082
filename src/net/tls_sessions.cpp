#include "net/tls_sessions.hpp"

#include <utility>

namespace redrive::net {
namespace {

// Where a connection keeps its pointer to the sessions that it joined.
int slot_of_sessions() {
    static const int slot = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return slot;
}

} // namespace

void tls_sessions::freed::operator()(SSL_SESSION* session) const noexcept {
    SSL_SESSION_free(session);
}

void tls_sessions::enable(SSL_CTX* context) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, &tls_sessions::on_session);
}

void tls_sessions::join(SSL* connection) {
    SSL_set_ex_data(connection, slot_of_sessions(), this);
    if (const auto session = take()) SSL_set_session(connection, session.get());
}

void tls_sessions::shook_hands(const SSL* connection) {
    ++handshakes_;
    if (SSL_session_reused(connection) == 1) ++resumed_;
}

// A copy, because OpenSSL spoils a session whose connection ends without a word.
int tls_sessions::on_session(SSL* connection, SSL_SESSION* session) {
    auto* self = static_cast<tls_sessions*>(SSL_get_ex_data(connection, slot_of_sessions()));
    if (self && SSL_SESSION_is_resumable(session) == 1)
        self->keep(session_pointer{SSL_SESSION_dup(session)});
    return 0;
}

void tls_sessions::keep(session_pointer session) {
    if (!session) return;
    if (kept_.size() >= most_) kept_.pop_front();
    kept_.push_back(std::move(session));
}

tls_sessions::session_pointer tls_sessions::take() {
    if (kept_.empty()) return nullptr;
    if (SSL_SESSION_get_protocol_version(kept_.back().get()) < TLS1_3_VERSION)
        return session_pointer{SSL_SESSION_dup(kept_.back().get())};
    auto newest = std::move(kept_.back());
    kept_.pop_back();
    return newest;
}

} // namespace redrive::net
