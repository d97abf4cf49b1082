#pragma once

#include <openssl/types.h>

#include <string>

namespace redrive::net {

// What a handshake agreed on, and with whom, in words for a person. Texts of the certificate are
// bounded in length and not escaped.
struct tls_facts {
    std::string version; // TLSv1.3
    std::string cipher;
    std::string issuer;      // of the peer's certificate
    std::string valid_until; // its last day, such as 2026-11-23
};

[[nodiscard]] tls_facts tls_facts_of(const SSL* session);

} // namespace redrive::net
