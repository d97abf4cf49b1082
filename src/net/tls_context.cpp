#include "net/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

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

tls_context_result failure(client_errc ec, std::string detail) {
    ERR_clear_error();
    tls_context_result out;
    out.ec = ec;
    out.detail = std::move(detail);
    return out;
}

std::string unusable(const std::string& file, std::string_view why) {
    std::error_code ec;
    return file + (std::filesystem::exists(file, ec) ? std::string{why} : " does not exist");
}

// OpenSSL would ask on the terminal.
int no_password(char*, int, int, void*) {
    return -1;
}

// What is wrong with the client's certificate or key; empty: nothing.
std::string use_client_certificate(SSL_CTX* context, const tls_settings& settings) {
    if (settings.client_certificate.empty()) return {};
    const auto& key =
        settings.client_key.empty() ? settings.client_certificate : settings.client_key;
    SSL_CTX_set_default_passwd_cb(context, no_password);
    if (SSL_CTX_use_certificate_chain_file(context, settings.client_certificate.c_str()) != 1)
        return "client certificate " +
               unusable(settings.client_certificate, " cannot be read or holds no PEM certificate");
    // Also checks that it is the certificate's.
    if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1)
        return "client key " +
               unusable(key, " cannot be read, is encrypted, or is not the certificate's");
    return {};
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
            return failure(client_errc::bad_ca_bundle,
                           "the system's CA certificates cannot be read");
    } else if (SSL_CTX_load_verify_file(native, settings.ca_bundle.c_str()) != 1) {
        return failure(client_errc::bad_ca_bundle,
                       "CA bundle " + unusable(settings.ca_bundle,
                                               " cannot be read or holds no PEM certificate"));
    }
    if (auto problem = use_client_certificate(native, settings); !problem.empty())
        return failure(client_errc::bad_configuration, std::move(problem));
    tls_context_result out;
    out.context = std::move(context);
    return out;
}

} // namespace redrive::net
