#include "wire/sigv4.hpp"

#include <algorithm>
#include <array>

#include "wire/canonical_request.hpp"

namespace redrive::wire {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view scope_end = "aws4_request";

std::string hex(const sha256_bytes& bytes) {
    std::string text;
    append_hex(text, bytes);
    return text;
}

std::string canonical_request(const signable_request& request,
                              const canonical_headers& headers,
                              const canonical_path_options& path_options) {
    const auto mark = std::min(request.uri.find('?'), request.uri.size());
    const auto query = request.uri.substr(std::min(mark + 1, request.uri.size()));
    std::string text{request.method};
    text.append("\n").append(canonical_path(request.uri.substr(0, mark), path_options));
    text.append("\n").append(canonical_query(query));
    text.append("\n").append(headers.lines);
    text.append("\n").append(headers.names).append("\n");
    append_hex(text, sha256(request.body));
    return text;
}

std::string scope_text(std::string_view date, std::string_view region, std::string_view service) {
    std::string scope{date};
    scope.append("/").append(region).append("/").append(service).append("/").append(scope_end);
    return scope;
}

std::string string_to_sign(std::string_view amz_date,
                           std::string_view scope,
                           std::string_view canonical) {
    std::string text{algorithm};
    text.append("\n").append(amz_date).append("\n").append(scope).append("\n");
    append_hex(text, sha256(canonical));
    return text;
}

std::string signature_of(std::string_view text,
                         const secret_text& secret,
                         std::string_view date,
                         std::string_view region,
                         std::string_view service) {
    auto key = derive_signing_key(secret, date, region, service);
    auto signature = hex(hmac_sha256(as_text(key), text));
    wipe(key.data(), key.size());
    return signature;
}

void remove_header(http_headers& headers, std::string_view name) {
    std::erase_if(headers, [&](const auto& header) { return same_header_name(header.name, name); });
}

// The headers to sign, without what an earlier signature left behind.
http_headers unsigned_headers(const signable_request& request,
                              std::string_view amz_date,
                              const credentials& identity,
                              const sigv4_options& options) {
    auto headers = request.headers ? *request.headers : http_headers{};
    for (const auto* name : {"Authorization", "X-Amz-Date", "X-Amz-Security-Token"})
        remove_header(headers, name);
    headers.push_back({"X-Amz-Date", std::string{amz_date}});
    if (options.sign_body_header) {
        remove_header(headers, "X-Amz-Content-Sha256");
        headers.push_back({"X-Amz-Content-Sha256", hex(sha256(request.body))});
    }
    if (!identity.session_token.empty() && !options.omit_session_token)
        headers.push_back({"X-Amz-Security-Token", std::string{identity.session_token.reveal()}});
    return headers;
}

canonical_headers signed_part(const http_headers& headers) {
    auto names = sorted_names(headers);
    std::erase_if(names, [](const auto& name) { return is_unsigned_header(name); });
    return canonicalize(headers, names);
}

std::string authorization_value(const sigv4_result& result,
                                std::string_view access_key_id,
                                std::string_view scope) {
    std::string value{algorithm};
    value.append(" Credential=").append(access_key_id).append("/").append(scope);
    value.append(", SignedHeaders=").append(result.signed_headers);
    return value.append(", Signature=").append(result.signature);
}

} // namespace

sha256_bytes derive_signing_key(const secret_text& secret,
                                std::string_view date,
                                std::string_view region,
                                std::string_view service) {
    std::string start{"AWS4"};
    start.reserve(start.size() + secret.reveal().size());
    start += secret.reveal();
    auto key = hmac_sha256(start, date);
    wipe(start.data(), start.size());
    for (const auto step : {region, service, scope_end})
        key = hmac_sha256(as_text(key), step);
    return key;
}

bool is_unsigned_header(std::string_view lower_case_name) noexcept {
    // What botocore, the SDK for Rust or the AWS Common Runtime leave out: proxies change these.
    constexpr std::array<std::string_view, 15> names = {"authorization",
                                                        "baggage",
                                                        "connection",
                                                        "expect",
                                                        "keep-alive",
                                                        "proxy-authenticate",
                                                        "proxy-authorization",
                                                        "te",
                                                        "traceparent",
                                                        "tracestate",
                                                        "trailer",
                                                        "transfer-encoding",
                                                        "upgrade",
                                                        "user-agent",
                                                        "x-amzn-trace-id"};
    return std::binary_search(names.begin(), names.end(), lower_case_name) ||
           lower_case_name.starts_with("sec-websocket-");
}

sigv4_result sign(const signable_request& request,
                  const signing_scope& scope,
                  const credentials& identity,
                  const sigv4_options& options) {
    const auto amz_date = to_amz_date(scope.at);
    const auto date = std::string_view{amz_date}.substr(0, 8);
    const auto scope_of_key = scope_text(date, scope.region, scope.service);
    sigv4_result result;
    result.headers = unsigned_headers(request, amz_date, identity, options);
    const auto headers = signed_part(result.headers);
    result.signed_headers = headers.names;
    result.canonical_request =
        canonical_request(request, headers, {options.normalize_path, options.double_encode_path});
    result.string_to_sign = string_to_sign(amz_date, scope_of_key, result.canonical_request);
    result.signature = signature_of(
        result.string_to_sign, identity.secret_access_key, date, scope.region, scope.service);
    result.authorization = authorization_value(result, identity.access_key_id, scope_of_key);
    if (!identity.session_token.empty() && options.omit_session_token)
        result.headers.push_back(
            {"X-Amz-Security-Token", std::string{identity.session_token.reveal()}});
    result.headers.push_back({"Authorization", result.authorization});
    return result;
}

std::string expected_signature(const signable_request& request,
                               const authorization_parts& parts,
                               std::string_view amz_date,
                               const secret_text& secret) {
    static const http_headers none;
    const auto headers =
        canonicalize(request.headers ? *request.headers : none, parts.signed_headers);
    const auto scope = scope_text(parts.date, parts.region, parts.service);
    const auto canonical = canonical_request(request, headers, {});
    return signature_of(string_to_sign(amz_date, scope, canonical),
                        secret,
                        parts.date,
                        parts.region,
                        parts.service);
}

} // namespace redrive::wire
