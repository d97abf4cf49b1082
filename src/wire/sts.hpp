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

namespace redrive::wire {

// The Query protocol of AWS STS, version 2011-06-15: form bodies out, XML in. pugixml stays inside
// sts.cpp.

struct caller_identity_input {};
struct assume_role_input {
    std::string_view role_arn;
    std::string_view session_name;
    std::string_view external_id; // empty: not sent
    std::optional<std::int32_t> duration_seconds;
};
// Its request is not signed: the token is the proof.
struct web_identity_input {
    std::string_view role_arn;
    std::string_view session_name;
    std::string_view token;
    std::optional<std::int32_t> duration_seconds;
};

// application/x-www-form-urlencoded; everything but unreserved characters is percent-encoded.
void append_form(std::string& out, const caller_identity_input& input);
void append_form(std::string& out, const assume_role_input& input);
void append_form(std::string& out, const web_identity_input& input);

struct sts_request_context {
    endpoint target;
    std::string_view region; // signing region
    std::string_view user_agent;
};

// Appends one whole HTTP/1.1 request, signed for service `sts` unless `identity` is null.
void append_sts_request(std::string& out,
                        const sts_request_context& context,
                        std::string_view form,
                        const credentials* identity,
                        wall_time signing_time);

struct caller_identity {
    std::string account;
    std::string arn;
    std::string user_id;
};

struct assumed_role {
    credentials identity; // with account_id from the assumed role's ARN
    wall_time expiration;
    std::string arn;
};

// The body of a 2xx reply: nothing when it is not that XML or a part is missing. Unknown elements,
// name spaces and order do not matter. The second reads AssumeRole and AssumeRoleWithWebIdentity.
[[nodiscard]] std::optional<caller_identity> read_caller_identity(std::string_view xml);
[[nodiscard]] std::optional<assumed_role> read_assumed_role(std::string_view xml);

// `<ErrorResponse><Error>...`; what is not XML still yields an error.
[[nodiscard]] service_error read_sts_error(unsigned status,
                                           std::string_view reason,
                                           const http_headers& headers,
                                           std::string_view xml);

} // namespace redrive::wire
