#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "redrive/credentials.hpp"
#include "redrive/endpoint.hpp"
#include "wire/dpop.hpp"
#include "wire/temporary_credentials.hpp"
#include "wire/web_request.hpp"

namespace redrive::wire {

// AWS Sign-In: the credentials that `aws login` leaves in a file, and their refresh.

struct login_cache {
    temporary_credentials current;
    std::string client_id;
    secret_text refresh_token;
    secret_text dpop_key; // in PEM
};

// The lower-case hexadecimal SHA-256 of the trimmed session, and ".json".
[[nodiscard]] std::string login_cache_file_name(std::string_view session);

// The session, or why there is none; everything in it is required.
[[nodiscard]] std::variant<login_cache, std::string> read_login_cache(std::string_view json);

// CreateOAuth2Token, without a signature but with a proof; nothing when the key makes none.
[[nodiscard]] std::optional<web_request> login_refresh_request(const endpoint& signin,
                                                               const login_cache& session,
                                                               const dpop_stamp& stamp);

struct login_refresh {
    temporary_credentials current;       // without an expiry
    std::int64_t expires_in_seconds = 0; // from 1 to a year
    secret_text refresh_token;
};

[[nodiscard]] std::optional<login_refresh> read_login_refresh(std::string_view json);

// The file's new text: what `session` has replaces what the file says, and all else stays, the key
// too. Nothing when the old text is not what a session is read from.
[[nodiscard]] std::optional<std::string> updated_login_cache(std::string_view old_json,
                                                             const login_cache& session);

// What the user can do about a refresh that was refused.
[[nodiscard]] std::string explain_login_refusal(std::string_view json);

} // namespace redrive::wire
