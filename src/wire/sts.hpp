#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "redrive/credentials.hpp"
#include "redrive/endpoint.hpp"
#include "wire/error_reply.hpp"
#include "wire/http_header.hpp"
#include "wire/instant.hpp"
#include "wire/temporary_credentials.hpp"
#include "wire/web_request.hpp"

namespace redrive::wire {

// AWS STS: its Query protocol takes a form and answers with XML. pugixml stays inside sts.cpp.

struct sts_context {
    endpoint target;
    std::string region;     // signing region
    std::string user_agent; // never signed
};

// Signed for service `sts`. A control byte in any signed header becomes `-`.
[[nodiscard]] web_request caller_identity_request(const sts_context& context,
                                                  const credentials& identity,
                                                  wall_time signing_time);

// Empty texts are left out.
struct assume_role_input {
    std::string role_arn, session_name, external_id;
    std::optional<std::uint32_t> duration_seconds;
    std::string mfa_serial;
    secret_text mfa_code;
    std::string policy;
};

// Signed for service `sts`.
[[nodiscard]] web_request assume_role_request(const sts_context& context,
                                              const credentials& identity,
                                              const assume_role_input& input,
                                              wall_time signing_time);

struct web_identity_input {
    std::string role_arn, session_name;
    secret_text token;
    std::optional<std::uint32_t> duration_seconds;
};

// Without a signature: the token is the proof.
[[nodiscard]] web_request web_identity_request(const sts_context& context,
                                               const web_identity_input& input);

// The body of a 2xx reply to AssumeRole or AssumeRoleWithWebIdentity: nothing when it is not that
// XML, or when a field of the credentials is missing or cannot be used.
[[nodiscard]] std::optional<temporary_credentials> read_role_credentials(std::string_view xml);

struct caller_identity {
    std::string account;
    std::string arn;
    std::string user_id;
};

// The body of a 2xx reply: nothing when it is not that XML or one of the three is missing. Unknown
// elements, name spaces and order do not matter.
[[nodiscard]] std::optional<caller_identity> read_caller_identity(std::string_view xml);

// `<ErrorResponse><Error>...`; what is not XML still yields an error.
[[nodiscard]] service_error read_sts_error(unsigned status,
                                           std::string_view reason,
                                           const http_headers& headers,
                                           std::string_view xml);

} // namespace redrive::wire
