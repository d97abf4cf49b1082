#include "wire/login.hpp"

#include <utility>
#include <vector>

#include "core/ascii.hpp"
#include "wire/credential_json.hpp"
#include "wire/digest.hpp"
#include "wire/json_edit.hpp"
#include "wire/json_writer.hpp"

namespace redrive::wire {
namespace {

constexpr std::string_view token_path = "v1/token";

std::string refresh_body(const login_cache& session) {
    std::string text;
    json_writer body{text};
    body.begin_object();
    body.text_member("clientId", session.client_id);
    body.text_member("grantType", "refresh_token");
    body.text_member("refreshToken", session.refresh_token.reveal());
    body.end_object();
    return text;
}

// As messages call it; empty: none.
std::string_view missing_part(const temporary_credentials& current) noexcept {
    const auto part = unusable_part(current.keys);
    if (!part.empty()) return part;
    if (current.keys.account_id.empty()) return "account id";
    return current.expiry ? std::string_view{} : "expiresAt";
}

std::vector<json_change> changes_of(const temporary_credentials& current) {
    std::vector<json_change> changes{
        {"accessKeyId", json_text(current.keys.access_key_id)},
        {"secretAccessKey", json_text(current.keys.secret_access_key.reveal())},
        {"sessionToken", json_text(current.keys.session_token.reveal())},
        {"accountId", json_text(current.keys.account_id)},
    };
    if (current.expiry)
        changes.push_back({"expiresAt", json_text(to_rfc3339_seconds(*current.expiry))});
    return changes;
}

} // namespace

std::string login_cache_file_name(std::string_view session) {
    std::string name;
    append_hex(name, sha256(trimmed(session)));
    return name + ".json";
}

std::variant<login_cache, std::string> read_login_cache(std::string_view json) {
    json_reader reader;
    const auto document = parse_credential_document(reader, json);
    if (!document.exists()) return "it is not a JSON object";
    const auto keys = member(document, "accessToken");
    login_cache out;
    out.current = {keys_in(keys), time_in(keys, "expiresAt")};
    const auto part = missing_part(out.current);
    if (!part.empty()) return "its accessToken has no usable " + std::string{part};
    out.client_id = word_in(document, "clientId");
    if (out.client_id.empty()) return "it has no usable clientId";
    out.refresh_token = secret_text{word_in(document, "refreshToken")};
    if (out.refresh_token.empty()) return "it has no usable refreshToken";
    out.dpop_key = secret_text{text_in(document, "dpopKey")};
    if (out.dpop_key.empty()) return "it has no usable dpopKey";
    return out;
}

std::optional<web_request> login_refresh_request(const endpoint& signin,
                                                 const login_cache& session,
                                                 const dpop_stamp& stamp) {
    web_request out;
    out.method = "POST";
    out.where = signin;
    out.target.assign(signin.path).append(token_path);
    const auto url = signin.url().append("/").append(token_path);
    auto proof = dpop_proof(session.dpop_key, out.method, url, stamp);
    if (!proof) return std::nullopt;
    out.headers.push_back({"Content-Type", "application/json"});
    out.headers.push_back({"DPoP", *std::move(proof)});
    out.body = refresh_body(session);
    return out;
}

std::optional<login_refresh> read_login_refresh(std::string_view json) {
    json_reader reader;
    const auto document = parse_credential_document(reader, json);
    login_refresh out;
    out.current.keys = keys_in(member(document, "accessToken"));
    const auto lifetime = lifetime_in(document, "expiresIn");
    out.expires_in_seconds = lifetime.value_or(0);
    out.refresh_token = secret_text{word_in(document, "refreshToken")};
    if (!unusable_part(out.current.keys).empty() || !lifetime || out.refresh_token.empty())
        return std::nullopt;
    return out;
}

std::optional<std::string> updated_login_cache(std::string_view old_json,
                                               const login_cache& session) {
    const auto old_keys = member_text(old_json, "accessToken");
    if (!old_keys) return std::nullopt;
    auto keys = with_members(*old_keys, changes_of(session.current));
    if (!keys) return std::nullopt;
    return with_members(old_json,
                        {{"accessToken", *std::move(keys)},
                         {"refreshToken", json_text(session.refresh_token.reveal())}});
}

std::string explain_login_refusal(std::string_view json) {
    json_reader reader;
    const auto error = text_in(parse_credential_document(reader, json), "error");
    if (error == "TOKEN_EXPIRED") return "the login session has expired; run: aws login";
    if (error == "USER_CREDENTIALS_CHANGED")
        return "the user's password has changed since the login; run: aws login";
    if (error == "INSUFFICIENT_PERMISSIONS")
        return "the user may not refresh a login session: signin:CreateOAuth2Token must be "
               "allowed; then run: aws login";
    return "the login session cannot be refreshed; run: aws login";
}

} // namespace redrive::wire
