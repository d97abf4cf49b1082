#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "sim/authenticate.hpp"
#include "wire/sigv4.hpp"

namespace redrive::sim {

// A request as an SDK would send it, for tests.
struct request_terms {
    std::string account = "100000000001";
    std::string region = "us-east-1";
    std::string service = "sqs";
    std::string secret; // empty: the account's own
    std::string session_token;
    wall_time at = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
    bool query_mode = true;
    std::optional<credentials> keys{}; // instead of the account's
};

inline credentials keys_of(const request_terms& terms) {
    if (terms.keys) return *terms.keys;
    credentials identity;
    identity.access_key_id = access_key_of(terms.account);
    identity.secret_access_key =
        secret_text{terms.secret.empty() ? secret_key_of(terms.account) : terms.secret};
    identity.session_token = secret_text{terms.session_token};
    return identity;
}

inline std::string post_bytes(const wire::http_headers& headers, const std::string& body) {
    std::string bytes{"POST / HTTP/1.1\r\n"};
    for (const auto& header : headers)
        bytes += header.name + ": " + header.value + "\r\n";
    return bytes + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline std::string signed_bytes(wire::http_headers headers,
                                const std::string& body,
                                const request_terms& terms) {
    headers.push_back({"Host", "localhost"});
    const auto made = wire::sign({.method = "POST", .uri = "/", .headers = &headers, .body = body},
                                 {terms.region, terms.service, terms.at},
                                 keys_of(terms));
    return post_bytes(made.headers, body);
}

inline std::string sqs_request(std::string_view operation,
                               const std::string& body = "{}",
                               const request_terms& terms = {}) {
    wire::http_headers headers{{"Content-Type", "application/x-amz-json-1.0"},
                               {"X-Amz-Target", "AmazonSQS." + std::string{operation}}};
    if (terms.query_mode) headers.push_back({"x-amzn-query-mode", "true"});
    return signed_bytes(std::move(headers), body, terms);
}

// `more` is the rest of the form, such as `&RoleArn=...`.
inline std::string sts_request(std::string_view action,
                               request_terms terms = {},
                               std::string_view more = {}) {
    terms.service = "sts";
    return signed_bytes({{"Content-Type", "application/x-www-form-urlencoded"}},
                        "Action=" + std::string{action} + "&Version=2011-06-15" + std::string{more},
                        terms);
}

inline std::string organizations_request(std::string_view operation,
                                         const std::string& body,
                                         request_terms terms) {
    terms.service = "organizations";
    const auto target = "AWSOrganizationsV20161128." + std::string{operation};
    return signed_bytes(
        {{"Content-Type", "application/x-amz-json-1.1"}, {"X-Amz-Target", target}}, body, terms);
}

} // namespace redrive::sim
