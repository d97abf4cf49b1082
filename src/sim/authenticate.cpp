#include "sim/authenticate.hpp"

#include <algorithm>
#include <chrono>

#include "core/ascii.hpp"
#include "redrive/queue_arn.hpp"
#include "sim/api_error.hpp"
#include "wire/instant.hpp"

namespace redrive::sim {
namespace {

constexpr std::string_view access_key_prefix = "AKIASIM0";
constexpr std::string_view secret_key_prefix = "SimulatedSecretKeyOfAccount+";
constexpr std::chrono::minutes largest_skew{5};

void check_scope(const wire::authorization_parts& parts, std::string_view service_name) {
    if (parts.service != service_name)
        throw api_error{"InvalidSignatureException",
                        "Credential should be scoped to correct service: '" +
                            std::string{service_name} + "'."};
    if (!is_region_name(parts.region))
        throw api_error{"InvalidSignatureException",
                        "Credential should be scoped to a valid region."};
}

void check_signed_headers(const wire::http_headers& headers,
                          const wire::authorization_parts& parts) {
    for (const auto& header : headers) {
        const auto name = lower(header.name);
        if (name != "host" && !name.starts_with("x-amz-")) continue;
        if (std::ranges::find(parts.signed_headers, name) == parts.signed_headers.end())
            throw api_error{"InvalidSignatureException",
                            "'" + name +
                                "' must be a 'SignedHeader' in the AWS Authorization header."};
    }
}

void check_time(std::string_view amz_date, const wire::authorization_parts& parts, wall_time now) {
    const auto signed_at = wire::parse_amz_date(amz_date);
    if (!signed_at)
        throw api_error{"IncompleteSignatureException",
                        "Date must be in ISO-8601 'basic format'. Got '" + std::string{amz_date} +
                            "'."};
    if (!amz_date.starts_with(parts.date))
        throw api_error{"InvalidSignatureException",
                        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of "
                        "date from HTTP."};
    const auto text = wire::to_amz_date(now);
    if (*signed_at < now - largest_skew)
        throw api_error{"InvalidSignatureException",
                        "Signature expired: " + std::string{amz_date} + " is now earlier than " +
                            wire::to_amz_date(now - largest_skew) + " (" + text + " - 5 min.)"};
    if (*signed_at > now + largest_skew)
        throw api_error{"InvalidSignatureException",
                        "Signature not yet current: " + std::string{amz_date} +
                            " is still later than " + wire::to_amz_date(now + largest_skew) + " (" +
                            text + " + 5 min.)"};
}

struct proof {
    secret_text secret;
    std::optional<role_session> role;
};

// A token that does not belong to its key is somebody else's, static keys have none at all.
proof find_proof(const wire::http_request& request,
                 const claimed_identity& identity,
                 const service& accounts,
                 const temporary_keys& role_keys) {
    const auto account = identity.account();
    const bool has_token = wire::has_header(request.headers, "x-amz-security-token");
    if (!accounts.has_account(account)) throw api_error{"UnrecognizedClientException"};
    if (temporary_keys::account_in(identity.parts->access_key_id).empty()) {
        if (has_token) throw api_error{"UnrecognizedClientException"};
        return {secret_text{secret_key_of(account)}, std::nullopt};
    }
    auto opened = role_keys.open(identity.parts->access_key_id,
                                 wire::find_header(request.headers, "x-amz-security-token"));
    if (!opened) throw api_error{"UnrecognizedClientException"};
    return {std::move(opened->secret_access_key), std::move(opened->session)};
}

} // namespace

std::string access_key_of(std::string_view account) {
    return std::string{access_key_prefix}.append(account);
}

std::string secret_key_of(std::string_view account) {
    return std::string{secret_key_prefix}.append(account);
}

std::string_view account_of(std::string_view access_key) noexcept {
    if (!access_key.starts_with(access_key_prefix)) return temporary_keys::account_in(access_key);
    const auto account = access_key.substr(access_key_prefix.size());
    return is_account_id(account) ? account : std::string_view{};
}

claimed_identity read_identity(const wire::http_request& request) {
    claimed_identity identity;
    const auto value = wire::find_header(request.headers, "authorization");
    identity.signed_at_all = !value.empty();
    if (identity.signed_at_all) identity.parts = wire::parse_authorization(value);
    return identity;
}

std::optional<role_session> authenticate(const wire::http_request& request,
                                         const claimed_identity& identity,
                                         std::string_view service_name,
                                         const service& accounts,
                                         const temporary_keys& role_keys,
                                         wall_time now) {
    if (!identity.signed_at_all) throw api_error{"MissingAuthenticationTokenException"};
    if (!identity.parts) throw api_error{"IncompleteSignatureException"};
    const auto& parts = *identity.parts;
    auto [secret, role] = find_proof(request, identity, accounts, role_keys);
    check_scope(parts, service_name);
    check_signed_headers(request.headers, parts);
    const auto amz_date = wire::find_header(request.headers, "x-amz-date");
    check_time(amz_date, parts, now);
    const wire::signable_request signable{
        .method = request.method,
        .uri = request.target,
        .headers = &request.headers,
        .body = request.body,
    };
    if (wire::expected_signature(signable, parts, amz_date, secret) != parts.signature)
        throw api_error{"InvalidSignatureException"};
    if (role && role->ends <= now) throw api_error{"ExpiredTokenException"};
    return std::move(role);
}

} // namespace redrive::sim
