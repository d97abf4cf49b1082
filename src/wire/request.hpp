#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "redrive/credentials.hpp"
#include "redrive/endpoint.hpp"
#include "wire/digest.hpp"
#include "wire/instant.hpp"
#include "wire/operation.hpp"

namespace redrive::wire {

// The signing key of one identity, region and service, derived once a day of the signing time;
// zeroised when it changes and when it is destroyed.
class signing_key_cache {
public:
    signing_key_cache() = default;
    ~signing_key_cache();
    signing_key_cache(const signing_key_cache&) = delete;
    signing_key_cache& operator=(const signing_key_cache&) = delete;

    // `date` is the first 8 bytes of X-Amz-Date. Another date, region, service or identity derives
    // anew.
    [[nodiscard]] const sha256_bytes& key(const credentials& identity,
                                          std::string_view date,
                                          std::string_view region,
                                          std::string_view service);

private:
    std::string access_key_id_, date_, region_, service_;
    secret_text secret_;
    sha256_bytes key_{};
};

// What all requests of one client have in common.
struct request_context {
    endpoint target;
    std::string region;     // signing region
    std::string user_agent; // product/version and so on, never signed
    std::string trace_id;   // X-Amzn-Trace-Id; empty: not sent
};

// What differs from attempt to attempt.
struct attempt_stamp {
    wall_time signing_time;       // now, corrected by the clock skew
    std::uint32_t attempt = 1;    // 1-based
    std::uint32_t max_attempts = 1;
    std::string_view invocation_id; // UUIDv4, one per call
};

// Appends one whole signed HTTP/1.1 request for SQS: POST, AWS JSON 1.0, x-amzn-query-mode.
void append_request(std::string& out,
                    const request_context& context,
                    operation op,
                    std::string_view body,
                    const credentials& identity,
                    const attempt_stamp& stamp,
                    signing_key_cache& keys);

} // namespace redrive::wire
