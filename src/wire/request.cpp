#include "wire/request.hpp"

#include <array>

#include "wire/canonical_request.hpp"
#include "wire/request_buffer.hpp"

namespace redrive::wire {
namespace {

constexpr std::string_view service = "sqs";
constexpr std::string_view content_type = "application/x-amz-json-1.0";
constexpr std::string_view target_prefix = "AmazonSQS.";
constexpr std::string_view with_token =
    "content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target;"
    "x-amzn-query-mode";
constexpr std::string_view without_token =
    "content-length;content-type;host;x-amz-date;x-amz-target;x-amzn-query-mode";

// What the pieces of one request share.
struct signing_input {
    const request_context& context;
    operation op;
    std::string_view body;
    const credentials& identity;
    std::string_view amz_date; // YYYYMMDDThhmmssZ

    std::string_view date() const noexcept { return amz_date.substr(0, 8); }
    std::string_view token() const noexcept { return identity.session_token.reveal(); }
    std::string_view signed_headers() const noexcept {
        return token().empty() ? without_token : with_token;
    }
};

// The set of signed headers is fixed, so they are written in their sorted order at once.
void append_canonical_request(std::string& out, const signing_input& in) {
    const auto& path = in.context.target.path;
    out.append("POST\n").append(path == "/" ? path : canonical_path(path));
    out.append("\n\ncontent-length:");
    append_number(out, in.body.size());
    out.append("\ncontent-type:").append(content_type).append("\nhost:");
    append_authority(out, in.context.target);
    out.append("\nx-amz-date:").append(in.amz_date);
    if (!in.token().empty()) {
        out.append("\nx-amz-security-token:");
        append_value(out, in.token());
    }
    out.append("\nx-amz-target:").append(target_prefix).append(to_string(in.op));
    out.append("\nx-amzn-query-mode:true\n\n").append(in.signed_headers()).append("\n");
    append_hex(out, sha256(in.body));
}

void append_scope(std::string& out, const signing_input& in) {
    out.append(in.date()).append("/");
    append_value(out, in.context.region);
    out.append("/").append(service).append("/aws4_request");
}

// The end of `out` serves as the scratch pad, and is as it was afterwards.
sha256_bytes signature_of(std::string& out, const signing_input& in, const sha256_bytes& key) {
    const auto mark = out.size();
    append_canonical_request(out, in);
    const auto canonical = sha256(std::string_view{out}.substr(mark));
    out.resize(mark);

    out.append("AWS4-HMAC-SHA256\n").append(in.amz_date).append("\n");
    append_scope(out, in);
    out.append("\n");
    append_hex(out, canonical);
    const auto signature = hmac_sha256(as_text(key), std::string_view{out}.substr(mark));
    out.resize(mark);
    return signature;
}

void append_start(std::string& out, const signing_input& in) {
    out.append("POST ");
    append_value(out, in.context.absolute_prefix);
    append_value(out, in.context.target.path);
    out.append(" HTTP/1.1\r\nHost: ");
    append_authority(out, in.context.target);
    out.append("\r\nContent-Type: ").append(content_type).append("\r\nContent-Length: ");
    append_number(out, in.body.size());
    out.append("\r\nX-Amz-Target: ").append(target_prefix).append(to_string(in.op));
    out.append("\r\nx-amzn-query-mode: true\r\nX-Amz-Date: ").append(in.amz_date);
}

void append_optional(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out.append("\r\n").append(name).append(": ");
    append_value(out, value);
}

void append_attempt(std::string& out, const attempt_stamp& stamp) {
    append_optional(out, "amz-sdk-invocation-id", stamp.invocation_id);
    out.append("\r\namz-sdk-request: attempt=");
    append_number(out, stamp.attempt);
    out.append("; max=");
    append_number(out, stamp.max_attempts);
}

void append_authorization(std::string& out,
                          const signing_input& in,
                          const sha256_bytes& signature) {
    out.append("\r\nAuthorization: AWS4-HMAC-SHA256 Credential=");
    append_value(out, in.identity.access_key_id);
    out.append("/");
    append_scope(out, in);
    out.append(", SignedHeaders=").append(in.signed_headers()).append(", Signature=");
    append_hex(out, signature);
}

} // namespace

void append_request(std::string& out,
                    const request_context& context,
                    operation op,
                    std::string_view body,
                    const credentials& identity,
                    const attempt_stamp& stamp,
                    signing_key_cache& keys) {
    std::array<char, 16> amz_date;
    write_amz_date(amz_date.data(), stamp.signing_time);
    const signing_input in{context, op, body, identity, {amz_date.data(), amz_date.size()}};
    const auto signature =
        signature_of(out, in, keys.key(identity, in.date(), context.region, service));

    append_start(out, in);
    append_optional(out, "X-Amz-Security-Token", in.token());
    append_attempt(out, stamp);
    append_optional(out, "User-Agent", context.user_agent);
    append_optional(out, "X-Amzn-Trace-Id", context.trace_id);
    append_optional(out, "Proxy-Authorization", context.proxy_authorization.reveal());
    append_authorization(out, in, signature);
    out.append("\r\n\r\n").append(body);
}

} // namespace redrive::wire
