#include "net/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdlib>
#include <filesystem>

#include "net/tls_sessions.hpp"

namespace redrive::net {
namespace {

// The system's roots are looked up one by one in the hashed directory: reading the whole bundle
// costs some 20 ms at the start of every program.
bool use_system_roots(SSL_CTX* context) {
    std::error_code ignored;
    if (std::getenv(X509_get_default_cert_file_env()) ||
        std::getenv(X509_get_default_cert_dir_env()))
        return SSL_CTX_set_default_verify_paths(context) == 1;
    if (std::filesystem::is_directory(X509_get_default_cert_dir(), ignored))
        return SSL_CTX_set_default_verify_dir(context) == 1;
    return SSL_CTX_set_default_verify_file(context) == 1;
}

tls_context_result failure(std::string detail) {
    tls_context_result out;
    out.ec = client_errc::bad_ca_bundle;
    out.detail = std::move(detail);
    return out;
}

} // namespace

tls_context_result make_tls_context(const tls_settings& settings) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    auto* native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_verify(native, SSL_VERIFY_PEER, nullptr);
    static constexpr unsigned char alpn[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(native, alpn, sizeof alpn);
    tls_sessions::enable(native);

    if (settings.ca_bundle.empty()) {
        if (!use_system_roots(native))
            return failure("the system's CA certificates cannot be read");
    } else if (SSL_CTX_load_verify_file(native, settings.ca_bundle.c_str()) != 1) {
        ERR_clear_error();
        std::error_code ec;
        const bool there = std::filesystem::exists(settings.ca_bundle, ec);
        return failure("CA bundle " + settings.ca_bundle +
                       (there ? " cannot be read or holds no PEM certificate" : " does not exist"));
    }
    tls_context_result out;
    out.context = std::move(context);
    return out;
}

} // namespace redrive::net
