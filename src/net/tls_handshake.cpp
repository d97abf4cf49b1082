#include "net/tls_handshake.hpp"

#include <boost/asio/ip/address.hpp>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "net/certificate_problem.hpp"

namespace redrive::net {
namespace {

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

// Listens to the verification of one handshake; the certificates are gone when it has failed.
class certificate_witness {
  public:
    certificate_witness(SSL* ssl, std::string host) : ssl_{ssl}, host_{std::move(host)} {
        SSL_set_ex_data(ssl_, slot(), this);
        SSL_set_verify(ssl_, SSL_get_verify_mode(ssl_), &certificate_witness::on_certificate);
    }
    ~certificate_witness() {
        SSL_set_verify(ssl_, SSL_get_verify_mode(ssl_), nullptr);
        SSL_set_ex_data(ssl_, slot(), nullptr);
    }
    certificate_witness(const certificate_witness&) = delete;
    certificate_witness& operator=(const certificate_witness&) = delete;

    [[nodiscard]] const std::string& problem() const noexcept { return problem_; }

  private:
    static int slot() {
        static const int own = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
        return own;
    }
    static int on_certificate(int passes, X509_STORE_CTX* check) {
        const auto* ssl = static_cast<const SSL*>(
            X509_STORE_CTX_get_ex_data(check, SSL_get_ex_data_X509_STORE_CTX_idx()));
        auto* self = static_cast<certificate_witness*>(SSL_get_ex_data(ssl, slot()));
        if (passes != 1) self->problem_ = explain_certificate_problem(check, self->host_);
        return passes;
    }

    SSL* ssl_;
    std::string host_;
    std::string problem_;
};

} // namespace

asio::awaitable<open_result> shake_hands(tls_channel& channel,
                                         std::string host,
                                         tls_sessions* sessions,
                                         const time_limit& limit) {
    auto* native = channel.native_handle();
    if (!expect_host(native, host))
        co_return open_failure(client_errc::certificate_rejected,
                               call_phase::tls,
                               "no certificate can be verified for this host");
    const certificate_witness witness{native, host};
    if (sessions) sessions->join(native);
    const auto ec = co_await channel.handshake();
    if (!ec) {
        if (sessions) sessions->shook_hands(native);
        co_return open_result{};
    }
    if (limit.expired())
        co_return open_failure(
            client_errc::tls_timeout, call_phase::tls, "the handshake got no answer");
    if (!witness.problem().empty())
        co_return open_failure(
            client_errc::certificate_rejected, call_phase::tls, witness.problem());
    co_return open_failure(client_errc::tls_failed, call_phase::tls, ec.message());
}

} // namespace redrive::net
