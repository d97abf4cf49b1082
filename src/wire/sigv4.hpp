#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redrive/credentials.hpp"
#include "wire/digest.hpp"
#include "wire/http_header.hpp"
#include "wire/instant.hpp"

namespace redrive::wire {

// AWS Signature Version 4 for headers (AWS, "Create a signed AWS API request").
// The general form: any method, URI, query and headers; used where requests are few, by the
// conformance driver, and by the simulator to verify. The client's hot path is in request.hpp and
// must agree with it byte for byte.

struct signable_request {
    std::string_view method;
    std::string_view uri; // path and query, as on the request line
    const http_headers* headers = nullptr;
    std::string_view body;
};

struct signing_scope {
    std::string_view region;
    std::string_view service;
    wall_time at;
};

struct sigv4_options {
    bool normalize_path = true;      // remove dot segments and double slashes
    bool double_encode_path = true;  // every service but S3
    bool sign_body_header = false;   // adds x-amz-content-sha256
    bool omit_session_token = false; // adds the token after signing
};

struct sigv4_result {
    std::string canonical_request;
    std::string string_to_sign;
    std::string signature;      // 64 hexadecimal digits
    std::string signed_headers; // `a;b;c`
    std::string authorization;  // the whole header value
    http_headers headers;       // to send: the given ones, X-Amz-Date, token, Authorization
};

// Removes any previous Authorization, X-Amz-Date and X-Amz-Security-Token first.
[[nodiscard]] sigv4_result sign(const signable_request& request,
                                const signing_scope& scope,
                                const credentials& identity,
                                const sigv4_options& options = {});

// The signing key: HMAC over date (`YYYYMMDD`), region, service and `aws4_request`.
[[nodiscard]] sha256_bytes derive_signing_key(const secret_text& secret,
                                              std::string_view date,
                                              std::string_view region,
                                              std::string_view service);

// Whether a header never takes part in a signature: authorization, user-agent, those of tracing and
// the hop-by-hop ones.
[[nodiscard]] bool is_unsigned_header(std::string_view lower_case_name) noexcept;

// For the server's side: the parts of an `Authorization: AWS4-HMAC-SHA256 ...` value.
struct authorization_parts {
    std::string access_key_id, date, region, service;
    std::vector<std::string> signed_headers;
    std::string signature;
};
[[nodiscard]] std::optional<authorization_parts> parse_authorization(std::string_view value);

// The signature that `parts` should carry for this request, from exactly its signed headers.
[[nodiscard]] std::string expected_signature(const signable_request& request,
                                             const authorization_parts& parts,
                                             std::string_view amz_date,
                                             const secret_text& secret);

} // namespace redrive::wire
