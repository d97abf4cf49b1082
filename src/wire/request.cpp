#include "wire/request.hpp"

#include <algorithm>
#include <utility>

#include "wire/canonical_request.hpp"
#include "wire/request_buffer.hpp"

namespace redrive::wire {
namespace {

constexpr std::string_view service = "sqs";
constexpr std::string_view content_type = "application/x-amz-json-1.0";
constexpr std::string_view target_prefix = "AmazonSQS.";
// The set of signed headers is fixed, so they are written in their sorted order at once.
constexpr std::string_view with_token =
    "content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target;"
    "x-amzn-query-mode";
constexpr std::string_view without_token =
    "content-length;content-type;host;x-amz-date;x-amz-target;x-amzn-query-mode";

std::string_view signed_headers(const credentials& identity) noexcept {
    return identity.session_token.reveal().empty() ? without_token : with_token;
}

void append_optional(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out.append("\r\n").append(name).append(": ");
    append_value(out, value);
}

std::string scope_of(std::string_view date, std::string_view region) {
    std::string out{date};
    out.append("/");
    append_value(out, region);
    return out.append("/").append(service).append("/aws4_request");
}

void hide_token(std::string& canonical) {
    constexpr std::string_view before = "\nx-amz-security-token:";
    const auto at = canonical.find(before);
    if (at == canonical.npos) return;
    const auto begin = at + before.size();
    const auto length = std::min(canonical.find('\n', begin), canonical.size()) - begin;
    wipe(canonical.data() + begin, length);
    canonical.replace(begin, length, "(hidden)");
}

void forget_text(std::string& text) noexcept {
    wipe(text.data(), text.size());
    text.clear();
}

} // namespace

void request_writer::use(request_context context) {
    forget();
    context_ = std::move(context);
}

void request_writer::use(credentials identity) {
    forget();
    identity_ = std::move(identity);
}

void request_writer::use_agent(std::string user_agent) {
    forget();
    context_.user_agent = std::move(user_agent);
}

secret_words request_writer::secrets() const {
    return {identity_.session_token.reveal(), context_.proxy_authorization.reveal()};
}

// Some of these hold the session token.
void request_writer::forget() noexcept {
    amz_date_ = {};
    for (auto* text :
         {&canonical_start_, &canonical_middle_, &to_sign_, &start_, &dated_, &authorized_})
        forget_text(*text);
}

void request_writer::prepare(std::string_view amz_date) {
    if (amz_date == std::string_view{amz_date_.data(), amz_date_.size()}) return;
    forget();
    const auto date = amz_date.substr(0, 8);
    const auto scope = scope_of(date, context_.region);
    const auto& path = context_.target.path;
    const auto token = identity_.session_token.reveal();

    canonical_start_.append("POST\n").append(path == "/" ? path : canonical_path(path));
    canonical_start_.append("\n\ncontent-length:");
    canonical_middle_.append("\ncontent-type:").append(content_type).append("\nhost:");
    append_authority(canonical_middle_, context_.target);
    canonical_middle_.append("\nx-amz-date:").append(amz_date);
    if (!token.empty()) {
        canonical_middle_.append("\nx-amz-security-token:");
        append_value(canonical_middle_, token);
    }
    canonical_middle_.append("\nx-amz-target:").append(target_prefix);

    to_sign_.append("AWS4-HMAC-SHA256\n").append(amz_date).append("\n").append(scope).append("\n");

    start_.append("POST ");
    append_value(start_, context_.absolute_prefix);
    append_value(start_, path);
    start_.append(" HTTP/1.1\r\nHost: ");
    append_authority(start_, context_.target);
    start_.append("\r\nContent-Type: ").append(content_type).append("\r\nContent-Length: ");
    dated_.append("\r\nx-amzn-query-mode: true\r\nX-Amz-Date: ").append(amz_date);
    append_optional(dated_, "X-Amz-Security-Token", token);

    append_optional(authorized_, "User-Agent", context_.user_agent);
    append_optional(authorized_, "X-Amzn-Trace-Id", context_.trace_id);
    append_optional(authorized_, "Proxy-Authorization", context_.proxy_authorization.reveal());
    authorized_.append("\r\nAuthorization: AWS4-HMAC-SHA256 Credential=");
    append_value(authorized_, identity_.access_key_id);
    authorized_.append("/").append(scope).append(", SignedHeaders=");
    authorized_.append(signed_headers(identity_)).append(", Signature=");

    key_ = &keys_.key(identity_, date, context_.region, service);
    amz_date.copy(amz_date_.data(), amz_date_.size());
}

void request_writer::prepare(wall_time when) {
    std::array<char, 16> amz_date;
    write_amz_date(amz_date.data(), when);
    prepare({amz_date.data(), amz_date.size()});
}

void request_writer::append_canonical(std::string& out, operation op, std::string_view body) const {
    out.append(canonical_start_);
    append_number(out, body.size());
    out.append(canonical_middle_).append(to_string(op));
    out.append("\nx-amzn-query-mode:true\n\n").append(signed_headers(identity_)).append("\n");
    append_hex(out, sha256(body));
}

// The end of `out` serves as the scratch pad, and is as it was afterwards.
sha256_bytes request_writer::signature_of(std::string& out, operation op, std::string_view body) {
    const auto mark = out.size();
    append_canonical(out, op, body);
    const auto canonical = sha256(std::string_view{out}.substr(mark));
    out.resize(mark);
    out.append(to_sign_);
    append_hex(out, canonical);
    const auto signature = key_->sign(std::string_view{out}.substr(mark));
    out.resize(mark);
    return signature;
}

void request_writer::append(std::string& out,
                            operation op,
                            std::string_view body,
                            const attempt_stamp& stamp) {
    prepare(stamp.signing_time);
    const auto signature = signature_of(out, op, body);

    out.append(start_);
    append_number(out, body.size());
    out.append("\r\nX-Amz-Target: ").append(target_prefix).append(to_string(op));
    out.append(dated_);
    append_optional(out, "amz-sdk-invocation-id", stamp.invocation_id);
    out.append("\r\namz-sdk-request: attempt=");
    append_number(out, stamp.attempt);
    out.append("; max=");
    append_number(out, stamp.max_attempts);
    out.append(authorized_);
    append_hex(out, signature);
    out.append("\r\n\r\n").append(body);
}

signing_texts request_writer::explain(operation op, std::string_view body, wall_time when) {
    prepare(when);
    signing_texts out{
        context_.target.authority(), context_.region, identity_.access_key_id, {}, {}};
    constexpr std::size_t others = 512; // what is not prepared; no copy of the token is left behind
    out.canonical_request.reserve(canonical_start_.size() + canonical_middle_.size() + others);
    append_canonical(out.canonical_request, op, body);
    out.string_to_sign = to_sign_;
    append_hex(out.string_to_sign, sha256(out.canonical_request));
    hide_token(out.canonical_request);
    return out;
}

} // namespace redrive::wire
