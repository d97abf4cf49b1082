#pragma once

#include <string>

#include "redrive/credentials.hpp"
#include "support/numbered_handle.hpp"
#include "wire/request.hpp"
#include "wire/request_body.hpp"

namespace redrive::bench {

inline credentials sample_identity() {
    credentials out;
    out.access_key_id = "AKIAIOSFODNN7EXAMPLE";
    out.secret_access_key = secret_text{"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
    return out;
}

inline wire::request_context sample_context() {
    return {.target = {.host = "sqs.us-east-1.amazonaws.com"},
            .region = "us-east-1",
            .user_agent =
                "redrive/0.1.0 ua/2.1 api/sqs#2012-11-05 os/linux md/arch#x86_64 lang/c++#20 m/E",
            .trace_id = {}};
}

inline std::string cancel_body() {
    std::string out;
    wire::append_body(out, wire::cancel_input{numbered_handle(1)});
    return out;
}

} // namespace redrive::bench
