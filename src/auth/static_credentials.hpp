#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/environment.hpp"
#include "auth/loaded_credentials.hpp"
#include "auth/shared_config.hpp"

namespace redrive::auth {

// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_ACCOUNT_ID. One of the two keys
// alone is not configured.
[[nodiscard]] result<loaded_credentials> environment_credentials(const environment& env);

// aws_access_key_id, aws_secret_access_key, aws_session_token, aws_account_id of one profile,
// whatever else it says; nothing when it has none. Half a pair is an error.
[[nodiscard]] result<std::optional<loaded_credentials>> profile_keys(const config_group& profile);

// Refuses what is not 12 digits; empty is fine. `where` is what the message calls it:
// "aws_account_id in the profile prod-a in ~/.aws/config".
[[nodiscard]] std::optional<config_error> check_account_id(std::string_view id,
                                                           const std::string& where);

} // namespace redrive::auth
