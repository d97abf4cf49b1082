#include "net/tls_facts.hpp"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "net/certificate_text.hpp"

namespace redrive::net {

tls_facts tls_facts_of(const SSL* session) {
    tls_facts out;
    out.version = SSL_get_version(session);
    out.cipher = SSL_get_cipher_name(session);
    if (const auto* certificate = SSL_get0_peer_certificate(session)) {
        out.issuer = name_of(X509_get_issuer_name(certificate));
        out.valid_until = day_of(X509_get0_notAfter(certificate));
    }
    return out;
}

} // namespace redrive::net
