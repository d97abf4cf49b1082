#include "conform/input.hpp"
#include "conform/verb.hpp"
#include "wire/instant.hpp"
#include "wire/sigv4.hpp"

namespace redrive::conform {
namespace {

credentials read_credentials(wire::json_value context) {
    const auto given = required_object(context, "credentials");
    return {std::string{required_text(given, "access_key_id")},
            secret_text{required_text(given, "secret_access_key")},
            secret_text{text(given, "token").value_or("")},
            {}};
}

wire::sigv4_options read_options(wire::json_value context) {
    return {.normalize_path = flag(context, "normalize", true),
            .sign_body_header = flag(context, "sign_body", false),
            .omit_session_token = flag(context, "omit_session_token", false)};
}

wire::signing_scope read_scope(wire::json_value context) {
    const auto at = wire::parse_rfc3339(required_text(context, "timestamp"));
    if (!at) throw refused{"timestamp is not an ISO 8601 instant"};
    return {required_text(context, "region"), required_text(context, "service"), *at};
}

} // namespace

answer sign(wire::json_value input, wire::json_writer& output) {
    const auto context = required_object(input, "context");
    const auto given = headers(input);
    const wire::signable_request request{required_text(input, "method"),
                                         required_text(input, "uri"),
                                         &given,
                                         text(input, "body").value_or("")};
    const auto result =
        wire::sign(request, read_scope(context), read_credentials(context), read_options(context));

    output.begin_object();
    write_text(output, "canonical_request", result.canonical_request);
    write_text(output, "string_to_sign", result.string_to_sign);
    write_text(output, "signature", result.signature);
    write_text(output, "signed_headers", result.signed_headers);
    write_headers(output, result.headers);
    output.end_object();
    return answer::given;
}

} // namespace redrive::conform
