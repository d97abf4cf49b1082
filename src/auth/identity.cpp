#include "auth/identity.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "auth/config_files.hpp"
#include "auth/credential_features.hpp"
#include "auth/profile_chain.hpp"
#include "auth/static_credentials.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::auth {
namespace {

bool is_glob(std::string_view text) noexcept {
    return text.find_first_of("*?") != std::string_view::npos;
}

config_error matches_nothing(std::string_view glob) {
    config_error error;
    error.message = "No profile matches " + in_quotes(glob) +
                    "; `aws configure list-profiles` shows the ones that exist";
    return error;
}

result<std::vector<std::string>> expand(const shared_config& config,
                                        const std::vector<std::string>& patterns) {
    std::vector<std::string> names;
    for (const auto& pattern : patterns) {
        // A name that no file has is left to the loader, which says so.
        auto matches =
            is_glob(pattern) ? config.profiles_like(pattern) : std::vector<std::string>{pattern};
        if (matches.empty()) return matches_nothing(pattern);
        for (auto& name : matches)
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(std::move(name));
    }
    return names;
}

config_error no_such_profile(std::string_view name) {
    config_error error;
    error.message = "There is no profile " + in_quotes(name) +
                    " in the shared config and credentials files; `aws configure list-profiles` "
                    "shows the ones that exist";
    return error;
}

identity with_keys(identity who, loaded_credentials keys) {
    who.account = keys.keys.account_id;
    who.keys = std::move(keys);
    return who;
}

// arn:PARTITION:iam::ACCOUNT:role/NAME
std::string account_of_role(std::string_view arn) {
    constexpr std::size_t fields_before = 4;
    for (std::size_t i = 0; i < fields_before; ++i)
        arn.remove_prefix(std::min(arn.size(), arn.find(':') + 1));
    const auto account = arn.substr(0, arn.find(':'));
    return is_account_id(account) ? std::string{account} : std::string{};
}

std::string account_of(const profile_chain& chain) {
    if (!chain.roles.empty()) return account_of_role(chain.roles.back().role_arn);
    if (const auto* from = std::get_if<web_identity_source>(&chain.base))
        return account_of_role(from->role_arn);
    if (const auto* from = std::get_if<sso_source>(&chain.base)) return from->account_id;
    if (const auto* from = std::get_if<process_source>(&chain.base)) return from->account_id;
    return {};
}

identity with_chain(identity who, const profile_chain& chain) {
    if (const auto* from = std::get_if<static_keys>(&chain.base); from && chain.roles.empty()) {
        loaded_credentials keys;
        keys.keys = from->keys;
        keys.source = chain.base_source;
        keys.features = features_of(chain);
        return with_keys(std::move(who), std::move(keys));
    }
    who.account = account_of(chain);
    return who;
}

} // namespace

result<shared_config> load_config_for(const environment& env,
                                      const std::vector<std::string>& profiles,
                                      const std::string& root) {
    auto config = load_shared_config(env, root);
    if (config || !profiles.empty()) return config;
    const auto keys = environment_credentials(env);
    if (!keys) return config;
    shared_config without_files;
    without_files.warn(config.error().message + "; the shared config files are ignored");
    return without_files;
}

result<identity> load_identity(const environment& env,
                               const shared_config& config,
                               const std::optional<std::string>& profile,
                               const setting_overrides& overrides) {
    if (profile && config.profile(*profile) == nullptr) return no_such_profile(*profile);
    const auto name = profile.value_or(selected_profile(env));
    std::optional<sourced<std::string>> given;
    if (profile) given = {*profile, "--profile"};
    auto resolved = resolve_selected_settings(overrides, env, config, given);
    if (!resolved) return resolved.error();
    identity who;
    who.name = name;
    who.profile = profile;
    who.given = overrides;
    who.config = *std::move(resolved);
    if (!profile) {
        auto found = environment_credentials(env);
        if (found) {
            found->features = features::environment;
            who.name = "environment";
            return with_keys(std::move(who), *std::move(found));
        }
        if (!is_not_configured(found.error())) return found.error();
    }
    const auto chain = resolve_profile_chain(config, name);
    if (chain) return with_chain(std::move(who), *chain);
    if (profile || !is_not_configured(chain.error())) return chain.error();
    return who; // a container or machine may have some
}

result<std::vector<identity>> load_identities(const environment& env,
                                              const shared_config& config,
                                              const std::vector<std::string>& profiles,
                                              const setting_overrides& overrides) {
    std::vector<identity> loaded;
    if (profiles.empty()) {
        auto who = load_identity(env, config, std::nullopt, overrides);
        if (!who) return who.error();
        loaded.push_back(*std::move(who));
        return loaded;
    }
    const auto names = expand(config, profiles);
    if (!names) return names.error();
    for (const auto& name : *names) {
        auto who = load_identity(env, config, name, overrides);
        if (!who) return who.error();
        loaded.push_back(*std::move(who));
    }
    return loaded;
}

} // namespace redrive::auth
