#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "redrive/credentials.hpp"
#include "redrive/endpoint.hpp"
#include "wire/hidden_secrets.hpp"
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

// What the signature of a request is made of, its session token hidden.
struct signing_texts {
    std::string address; // host, or host:port
    std::string region;
    std::string access_key_id;
    std::string canonical_request;
    std::string string_to_sign;
};

// Writes whole signed HTTP/1.1 requests for SQS: POST, AWS JSON 1.0, x-amzn-query-mode. A control
// byte in any header value becomes `-`: what users' files say can never begin another header.
//
// What is the same for all requests of one second is written once, and copied from then on.
class request_writer {
  public:
    request_writer() = default;
    request_writer(request_context context, credentials identity)
        : context_{std::move(context)}, identity_{std::move(identity)} {}
    ~request_writer() { forget(); }
    request_writer(const request_writer&) = delete;
    request_writer& operator=(const request_writer&) = delete;

    void use(request_context context);
    void use(credentials identity);
    void use_agent(std::string user_agent);

    // Appends one request; allocates nothing but room in `out`, unless the second is a new one.
    void append(std::string& out, operation op, std::string_view body, const attempt_stamp& stamp);
    // What its requests tell and nobody's message may repeat.
    [[nodiscard]] secret_words secrets() const;
    // Of the request that append() would write then.
    [[nodiscard]] signing_texts explain(operation op, std::string_view body, wall_time when);

  private:
    void prepare(wall_time when);
    void prepare(std::string_view amz_date);
    void forget() noexcept;
    void append_canonical(std::string& out, operation op, std::string_view body) const;
    [[nodiscard]] sha256_bytes signature_of(std::string& out, operation op, std::string_view body);

    request_context context_;
    credentials identity_;
    signing_key_cache keys_;
    const hmac_sha256_key* key_ = nullptr; // of keys_, for amz_date_

    // In the order in which they are written, each followed by what differs from call to call.
    std::array<char, 16> amz_date_{}; // YYYYMMDDThhmmssZ; zeros: nothing is prepared
    std::string canonical_start_;     // then the body's length
    std::string canonical_middle_;    // then the operation, and the constant rest
    std::string to_sign_;             // then the canonical request's digest
    std::string start_;               // then the body's length
    std::string dated_;               // then the invocation id and the attempt
    std::string authorized_;          // then the signature
};

} // namespace redrive::wire
