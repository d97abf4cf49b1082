#include "wire/sso.hpp"

#include <vector>

#include "wire/credential_json.hpp"
#include "wire/digest.hpp"
#include "wire/json_edit.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent_encoding.hpp"

namespace redrive::wire {
namespace {

void change_text(std::vector<json_change>& changes, std::string_view name, std::string_view text) {
    if (!text.empty()) changes.push_back({name, json_text(text)});
}

void change_time(std::vector<json_change>& changes,
                 std::string_view name,
                 std::optional<wall_time> time) {
    if (time) change_text(changes, name, to_rfc3339_seconds(*time));
}

// Milliseconds since the epoch, in years of four digits.
std::optional<wall_time> epoch_time_in(json_value object, std::string_view name) {
    constexpr std::int64_t latest = 253'402'300'799'999;
    const auto value = member(object, name).integer();
    if (!value || *value < 0 || *value > latest) return std::nullopt;
    return wall_time{std::chrono::milliseconds{*value}};
}

} // namespace

std::string sso_cache_file_name(std::string_view session_or_start_url) {
    std::string name;
    append_hex(name, sha1(session_or_start_url));
    return name + ".json";
}

std::variant<sso_token, std::string> read_sso_token(std::string_view json) {
    json_reader reader;
    const auto document = parse_credential_document(reader, json);
    if (!document.exists()) return "it is not a JSON object";
    sso_token out;
    out.access_token = secret_text{word_in(document, "accessToken")};
    if (out.access_token.empty()) return "it has no usable accessToken";
    out.expires_at = time_in(document, "expiresAt");
    if (!out.expires_at) return "it has no usable expiresAt";
    out.client_id = word_in(document, "clientId");
    out.client_secret = secret_text{word_in(document, "clientSecret")};
    out.refresh_token = secret_text{word_in(document, "refreshToken")};
    out.registration_expires_at = time_in(document, "registrationExpiresAt");
    out.region = word_in(document, "region");
    out.start_url = word_in(document, "startUrl");
    return out;
}

bool may_refresh(const sso_token& token, wall_time now) {
    return !token.client_id.empty() && !token.client_secret.empty() &&
           !token.refresh_token.empty() && token.registration_expires_at &&
           *token.registration_expires_at > now;
}

web_request sso_refresh_request(const endpoint& oidc, const sso_token& token) {
    web_request out;
    out.method = "POST";
    out.where = oidc;
    out.target = oidc.path + "token";
    out.headers.push_back({"Content-Type", "application/json"});
    json_writer body{out.body};
    body.begin_object();
    body.text_member("clientId", token.client_id);
    body.text_member("clientSecret", token.client_secret.reveal());
    body.text_member("grantType", "refresh_token");
    body.text_member("refreshToken", token.refresh_token.reveal());
    body.end_object();
    return out;
}

std::optional<sso_refresh> read_sso_refresh(std::string_view json) {
    json_reader reader;
    const auto document = parse_credential_document(reader, json);
    const auto token = word_in(document, "accessToken");
    const auto lifetime = lifetime_in(document, "expiresIn");
    if (token.empty() || !lifetime) return std::nullopt;
    return sso_refresh{
        secret_text{token}, *lifetime, secret_text{word_in(document, "refreshToken")}};
}

std::optional<std::string> updated_sso_token(std::string_view old_json, const sso_token& token) {
    std::vector<json_change> changes;
    change_text(changes, "accessToken", token.access_token.reveal());
    change_time(changes, "expiresAt", token.expires_at);
    change_text(changes, "clientId", token.client_id);
    change_text(changes, "clientSecret", token.client_secret.reveal());
    change_text(changes, "refreshToken", token.refresh_token.reveal());
    change_time(changes, "registrationExpiresAt", token.registration_expires_at);
    change_text(changes, "region", token.region);
    change_text(changes, "startUrl", token.start_url);
    return with_members(old_json, changes);
}

web_request sso_credentials_request(const endpoint& portal,
                                    const secret_text& access_token,
                                    std::string_view account_id,
                                    std::string_view role_name) {
    web_request out;
    out.where = portal;
    out.target = portal.path + "federation/credentials?";
    append_parameter(out.target, "role_name", role_name);
    append_parameter(out.target, "account_id", account_id);
    out.headers.push_back({"x-amz-sso_bearer_token", std::string{access_token.reveal()}});
    return out;
}

std::optional<temporary_credentials> read_sso_credentials(std::string_view json) {
    json_reader reader;
    const auto keys = member(parse_credential_document(reader, json), "roleCredentials");
    temporary_credentials out{keys_in(keys), epoch_time_in(keys, "expiration")};
    if (!out.expiry || !unusable_part(out.keys).empty()) return std::nullopt;
    return out;
}

} // namespace redrive::wire
