#pragma once

#include <openssl/types.h>

#include <string>
#include <string_view>

namespace redrive::net {

// Why a certificate does not pass, in words for a person: until when it was valid, whom it names,
// who issued it. Texts of the certificate are bounded in length and not escaped.
[[nodiscard]] std::string explain_certificate_problem(X509_STORE_CTX* check, std::string_view host);

} // namespace redrive::net
