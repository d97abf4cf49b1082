#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/environment.hpp"
#include "auth/result.hpp"
#include "auth/shared_config.hpp"
#include "redrive/credentials.hpp"

namespace redrive::auth {

struct loaded_credentials {
    credentials keys;
    std::string source; // "environment", or "profile prod-a in ~/.aws/credentials"
};

// Each source answers: credentials; nothing, when it is not configured; an error, when it is
// configured wrongly and asking anybody else would mean acting as somebody else.

// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_ACCOUNT_ID. One of the two keys
// alone is not configured.
[[nodiscard]] result<std::optional<loaded_credentials>> environment_credentials(
    const environment& env);

// aws_access_key_id, aws_secret_access_key, aws_session_token, aws_account_id of one profile,
// whatever else it says. Half a pair is an error.
[[nodiscard]] result<std::optional<loaded_credentials>> profile_keys(const config_group& profile);

// The same, but a profile that needs a provider which this version lacks is an error.
[[nodiscard]] result<std::optional<loaded_credentials>> profile_credentials(
    const config_group& profile);

// With `profile`, that profile and nobody else; without, the environment and then the selected
// profile. That nobody has any is client_errc::no_credentials, and its message says who was asked.
[[nodiscard]] result<loaded_credentials> load_static_credentials(
    const environment& env, const shared_config& config, const std::optional<std::string>& profile);

// Refuses what is not 12 digits; empty is fine. `where` is what the message calls it:
// "aws_account_id in the profile prod-a in ~/.aws/config".
[[nodiscard]] std::optional<config_error> check_account_id(std::string_view id,
                                                           const std::string& where);

} // namespace redrive::auth
