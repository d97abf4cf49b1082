#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "redrive/credentials.hpp"
#include "wire/instant.hpp"

namespace redrive::wire {

// What makes one proof unlike any other.
struct dpop_stamp {
    std::string jti; // a UUID
    wall_time issued_at;
};

// A proof of possession of a key (RFC 9449): a JWT signed with ES256 (RFC 7515, RFC 7518). Nothing
// when the key is not the private one of a pair on the curve P-256, in PEM and not encrypted. What
// OpenSSL signs with stays inside dpop.cpp.
[[nodiscard]] std::optional<std::string> dpop_proof(const secret_text& pem_key,
                                                    std::string_view method,
                                                    std::string_view url,
                                                    const dpop_stamp& stamp);

} // namespace redrive::wire
