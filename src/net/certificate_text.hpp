#pragma once

#include <openssl/types.h>

#include <string>

namespace redrive::net {

// Parts of certificates in words for a person. Texts are bounded in length and not escaped.

[[nodiscard]] std::string text_of(const ASN1_STRING* text);
// `2026-11-23`, as RFC 3339 writes it.
[[nodiscard]] std::string day_of(const ASN1_TIME* when);
// The common name, or else the organisation.
[[nodiscard]] std::string name_of(const X509_NAME* whole);

} // namespace redrive::net
