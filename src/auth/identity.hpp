#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/assumed_role.hpp"
#include "auth/environment.hpp"
#include "auth/loaded_credentials.hpp"
#include "auth/settings.hpp"
#include "auth/shared_config.hpp"

namespace redrive::auth {

// Somebody to act as: where the credentials come from, and the settings that go with them.
struct identity {
    std::string name; // the profile's, or "environment"
    // Those that need no asking; else they are found when they are needed, with `profile` or the
    // default chain.
    std::optional<loaded_credentials> keys;
    std::optional<std::string> profile;
    setting_overrides given;               // what `config` was resolved with
    std::optional<assumed_role> role = {}; // that those credentials assume
    std::string account;                   // 12 digits, or empty: unknown
    std::vector<std::string> regions = {}; // that it covers; none: those that are asked for
    settings config;                       // its region is the identity's default

    [[nodiscard]] const std::string& region() const noexcept { return config.region.value; }
};

// Reads the shared files for load_identities. A broken file is an error, unless no profile is asked
// for and the environment holds the credentials: then it costs a warning.
[[nodiscard]] result<shared_config> load_config_for(const environment& env,
                                                    const std::vector<std::string>& profiles,
                                                    const std::string& root = {});

// With `profile`: that one, which must exist and say where its credentials are. Without: as every
// AWS tool, the default chain. Asks nobody: what cannot be known without is left for later.
[[nodiscard]] result<identity> load_identity(const environment& env,
                                             const shared_config& config,
                                             const std::optional<std::string>& profile,
                                             const setting_overrides& overrides = {});

// One identity for each profile that a name or glob of `profiles` matches, each once, in the order
// of `profiles` and within a glob in file order; without any, the one of load_identity. A glob that
// matches nothing is an error, and so is the first profile that cannot be loaded.
[[nodiscard]] result<std::vector<identity>> load_identities(
    const environment& env,
    const shared_config& config,
    const std::vector<std::string>& profiles,
    const setting_overrides& overrides = {});

} // namespace redrive::auth
