#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "redrive/credentials.hpp"
#include "redrive/endpoint.hpp"
#include "wire/instant.hpp"
#include "wire/temporary_credentials.hpp"
#include "wire/web_request.hpp"

namespace redrive::wire {

// AWS IAM Identity Center: the token that `aws sso login` leaves in a file, its refresh (SSO OIDC),
// and the credentials of a role (SSO portal).

struct sso_token {
    secret_text access_token;
    std::optional<wall_time> expires_at;
    // For the refresh; empty when the file has none.
    std::string client_id;
    secret_text client_secret;
    secret_text refresh_token;
    std::optional<wall_time> registration_expires_at;
    std::string region, start_url;
};

// The lower-case hexadecimal SHA-1 of the session's name, or in the legacy form of the start URL,
// and ".json".
[[nodiscard]] std::string sso_cache_file_name(std::string_view session_or_start_url);

// The token, or why there is none; accessToken and expiresAt are required.
[[nodiscard]] std::variant<sso_token, std::string> read_sso_token(std::string_view json);

// Whether the file has all that a refresh takes, and the client's registration has not expired.
[[nodiscard]] bool may_refresh(const sso_token& token, wall_time now);

// CreateToken, without a signature.
[[nodiscard]] web_request sso_refresh_request(const endpoint& oidc, const sso_token& token);

struct sso_refresh {
    secret_text access_token;
    std::int64_t expires_in_seconds = 0; // from 1 to a year
    secret_text refresh_token;           // empty: the old one stays
};

[[nodiscard]] std::optional<sso_refresh> read_sso_refresh(std::string_view json);

// The file's new text: what `token` has replaces what the file says, and all else stays. Nothing
// when the old text is no JSON object.
[[nodiscard]] std::optional<std::string> updated_sso_token(std::string_view old_json,
                                                           const sso_token& token);

// GetRoleCredentials, without a signature.
[[nodiscard]] web_request sso_credentials_request(const endpoint& portal,
                                                  const secret_text& access_token,
                                                  std::string_view account_id,
                                                  std::string_view role_name);

[[nodiscard]] std::optional<temporary_credentials> read_sso_credentials(std::string_view json);

} // namespace redrive::wire
