#include "auth/identity.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "auth/config_files.hpp"
#include "auth/static_credentials.hpp"

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

} // namespace

result<shared_config> load_config_for(const environment& env,
                                      const std::vector<std::string>& profiles,
                                      const std::string& root) {
    auto config = load_shared_config(env, root);
    if (config || !profiles.empty()) return config;
    const auto keys = environment_credentials(env);
    if (!keys || !*keys) return config;
    shared_config without_files;
    without_files.warn(config.error().message + "; the shared config files are ignored");
    return without_files;
}

result<identity> load_identity(const environment& env,
                               const shared_config& config,
                               const std::optional<std::string>& profile,
                               const setting_overrides& overrides) {
    auto found = load_static_credentials(env, config, profile);
    if (!found) return found.error();
    const auto name = profile.value_or(selected_profile(env));
    std::optional<sourced<std::string>> given;
    if (profile) given = {*profile, "--profile"};
    auto resolved = resolve_selected_settings(overrides, env, config, given);
    if (!resolved) return resolved.error();
    const bool by_environment = found->source == "environment";
    identity who;
    who.name = by_environment ? found->source : name;
    who.account = found->keys.account_id;
    who.keys = std::move(found->keys);
    who.source = std::move(found->source);
    who.config = *std::move(resolved);
    return who;
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
