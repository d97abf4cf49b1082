#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "auth/result.hpp"
#include "auth/shared_config.hpp"
#include "redrive/credentials.hpp"

namespace redrive::auth {

// Where the credentials of a profile begin.

struct static_keys {
    credentials keys;
};

enum class named_source : std::uint8_t { environment, ec2_instance_metadata, ecs_container };
// As `credential_source` spells it.
[[nodiscard]] std::string_view to_string(named_source value) noexcept;

struct web_identity_source {
    std::string role_arn;
    std::string token_file;
    std::string session_name; // empty: the provider makes one
};

struct sso_source {
    std::string region;
    std::string start_url;
    std::string account_id; // empty together with role_name: a token only, which gives no keys
    std::string role_name;
    std::string session; // of `sso_session`; empty: the legacy keys within the profile
};

struct process_source {
    secret_text command; // users write secrets into it
    std::string account_id;
};

struct login_source {
    std::string session; // the value of `login_session`
};

using chain_base = std::variant<static_keys,
                                named_source,
                                web_identity_source,
                                sso_source,
                                process_source,
                                login_source>;

// A role that is assumed with what came before it.
struct role_step {
    std::string role_arn;
    std::string session_name; // empty: the provider makes one
    std::string external_id;
    std::string mfa_serial;
    std::optional<std::uint32_t> duration_seconds; // 900 to 43,200
    std::string profile;                           // that says so, for messages

    friend bool operator==(const role_step&, const role_step&) = default;
};

struct profile_chain {
    chain_base base;
    std::string base_source;      // "profile base in ~/.aws/credentials"
    std::vector<role_step> roles; // in the order in which they are assumed
};

// How the selected profile says that credentials are found. An error of code `no_credentials`: the
// profile does not exist or says nothing about credentials, and another source may be asked; any
// other error is final. Reads no file and asks nobody.
[[nodiscard]] result<profile_chain> resolve_profile_chain(const shared_config& config,
                                                          std::string_view selected);

} // namespace redrive::auth
