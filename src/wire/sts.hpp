#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "redrive/credentials.hpp"
#include "redrive/endpoint.hpp"
#include "wire/error_reply.hpp"
#include "wire/http_header.hpp"
#include "wire/instant.hpp"

namespace redrive::wire {

// GetCallerIdentity of AWS STS: its Query protocol takes a form and answers with XML. pugixml stays
// inside sts.cpp.

inline constexpr std::string_view caller_identity_form =
    "Action=GetCallerIdentity&Version=2011-06-15";

struct sts_context {
    endpoint target;
    std::string region;     // signing region
    std::string user_agent; // never signed
};

// Appends one whole HTTP/1.1 request, signed for service `sts`. A control byte in any header value
// becomes `-`.
void append_caller_identity_request(std::string& out,
                                    const sts_context& context,
                                    const credentials& identity,
                                    wall_time signing_time);

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
