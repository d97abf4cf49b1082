#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "redrive/credentials.hpp"
#include "redrive/endpoint.hpp"
#include "wire/instant.hpp"
#include "wire/operation.hpp"
#include "wire/signing_key_cache.hpp"

namespace redrive::wire {

// What all requests of one client have in common.
struct request_context {
    endpoint target;
    std::string region;     // signing region
    std::string user_agent; // product/version and so on, never signed
    std::string trace_id;   // X-Amzn-Trace-Id; empty: not sent
    // Through a proxy that sees plain HTTP: the absolute form's `http://host[:port]` and the value
    // of Proxy-Authorization; never signed. Empty: neither is sent.
    std::string absolute_prefix = {};
    secret_text proxy_authorization = {};
};

// What differs from attempt to attempt.
struct attempt_stamp {
    wall_time signing_time;    // now, corrected by the clock skew
    std::uint32_t attempt = 1; // 1-based
    std::uint32_t max_attempts = 1;
    std::string_view invocation_id; // UUIDv4, one per call
};

// Appends one whole signed HTTP/1.1 request for SQS: POST, AWS JSON 1.0, x-amzn-query-mode.
// Allocates nothing but room in `out`. A control byte in any header value becomes `-`: what users'
// files say can never begin another header.
void append_request(std::string& out,
                    const request_context& context,
                    operation op,
                    std::string_view body,
                    const credentials& identity,
                    const attempt_stamp& stamp,
                    signing_key_cache& keys);

} // namespace redrive::wire
