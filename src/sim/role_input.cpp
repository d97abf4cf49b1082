#include "sim/role_input.hpp"

#include <algorithm>

#include "core/ascii.hpp"
#include "redrive/queue_arn.hpp"
#include "sim/api_error.hpp"
#include "sim/form_check.hpp"
#include "wire/json_reader.hpp"

namespace redrive::sim {
namespace {

// The lengths and patterns of AWS, "AWS Security Token Service API Reference", AssumeRole and
// AssumeRoleWithWebIdentity.
constexpr text_rule role_arn{.name = "RoleArn", .shortest = 20, .longest = 2048, .required = true};
constexpr text_rule session_name{.name = "RoleSessionName",
                                 .shortest = 2,
                                 .longest = 64,
                                 .pattern = "[\\w+=,.@-]*",
                                 .marks = "_+=,.@-",
                                 .required = true};
constexpr text_rule external_id{.name = "ExternalId",
                                .shortest = 2,
                                .longest = 1224,
                                .pattern = "[\\w+=,.@:\\/-]*",
                                .marks = "_+=,.@:/-"};
constexpr text_rule policy{.name = "Policy", .shortest = 1, .longest = 2048};
constexpr text_rule serial_number{.name = "SerialNumber",
                                  .shortest = 9,
                                  .longest = 256,
                                  .pattern = "[\\w+=/:,.@-]*",
                                  .marks = "_+=/:,.@-"};
constexpr text_rule token_code{.name = "TokenCode",
                               .shortest = 6,
                               .longest = 6,
                               .pattern = "[\\d]*",
                               .digits_only = true,
                               .secret = true};
constexpr text_rule web_identity_token{
    .name = "WebIdentityToken", .shortest = 4, .longest = 20'000, .required = true, .secret = true};

constexpr std::int64_t shortest_lifetime = 900, longest_lifetime = 43'200, usual_lifetime = 3600;
constexpr std::size_t longest_role_name = 64;

constexpr std::string_view arn_start = "arn:aws:iam::";
constexpr std::string_view arn_kind = ":role/";
constexpr std::size_t account_digits = 12;

// The name behind a role's path; empty when the ARN is not a role's.
std::string_view name_in(std::string_view arn) noexcept {
    if (account_of_role(arn).empty() || !is_printable(arn)) return {};
    const auto name = arn.substr(arn.rfind('/') + 1);
    return is_role_name(name) ? name : std::string_view{};
}

role_input read_common(form_check& check) {
    role_input out;
    const auto arn = check.text(role_arn);
    out.session = check.text(session_name);
    out.lifetime = std::chrono::seconds{
        check.integer("DurationSeconds", shortest_lifetime, longest_lifetime, usual_lifetime)};
    out.account = account_of_role(arn);
    out.role = name_in(arn);
    return out;
}

void finish(const form_check& check, const role_input& input, std::string_view policy_text) {
    check.finish();
    if (input.role.empty()) throw api_error{"ValidationError", "Request ARN is invalid"};
    wire::json_reader reader;
    if (!policy_text.empty() && !reader.parse(policy_text).is_object())
        throw api_error{"MalformedPolicyDocument", "This policy contains invalid Json"};
}

// Three parts of base64url, RFC 7515 section 3.1.
bool looks_like_jwt(std::string_view token) noexcept {
    if (std::ranges::count(token, '.') != 2) return false;
    const auto first = token.find('.'), last = token.rfind('.');
    return first != 0 && last != first + 1 && last + 1 != token.size() && consists_of(token, "-_.");
}

} // namespace

role_input read_assume_role(const wire::query_form& form) {
    form_check check{form};
    auto out = read_common(check);
    out.external_id = check.text(external_id);
    const auto policy_text = check.text(policy);
    const bool has_device = !check.text(serial_number).empty();
    const bool has_code = !check.text(token_code).empty();
    finish(check, out, policy_text);
    if (has_device != has_code)
        throw api_error{"AccessDeniedException",
                        "MultiFactorAuthentication failed, must provide both MFA serial number and "
                        "one time pass code."};
    return out;
}

role_input read_web_identity(const wire::query_form& form) {
    form_check check{form};
    auto out = read_common(check);
    const auto token = check.text(web_identity_token);
    finish(check, out, check.text(policy));
    if (!looks_like_jwt(token))
        throw api_error{"InvalidIdentityToken", "The ID Token provided is not a valid JWT."};
    return out;
}

std::string_view account_of_role(std::string_view arn) noexcept {
    if (!arn.starts_with(arn_start)) return {};
    arn.remove_prefix(arn_start.size());
    const auto account = arn.substr(0, account_digits);
    const bool is_role = arn.substr(account.size()).starts_with(arn_kind);
    return is_role && is_account_id(account) ? account : std::string_view{};
}

bool is_role_name(std::string_view text) noexcept {
    return !text.empty() && text.size() <= longest_role_name && consists_of(text, "_+=,.@-");
}

} // namespace redrive::sim
