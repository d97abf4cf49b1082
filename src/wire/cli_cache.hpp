#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/temporary_credentials.hpp"

namespace redrive::wire {

// The AWS CLI keeps the roles that it assumed in ~/.aws/cli/cache, so that an MFA code is not asked
// for again (botocore, AssumeRoleCredentialFetcher).

// What it asked STS for. Empty: the profile does not say.
struct cli_role {
    std::string_view role_arn, session_name, external_id, mfa_serial;
    std::optional<std::uint32_t> duration_seconds;
};

// Its file for that role; nothing when a text has characters whose spelling there is not known.
[[nodiscard]] std::optional<std::string> cli_cache_file_name(const cli_role& role);

// What such a file has; nothing when it is not that, or when a part cannot be used.
[[nodiscard]] std::optional<temporary_credentials> read_cli_role(std::string_view json);

} // namespace redrive::wire
