#include "auth/configured_region.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "redrive/queue_arn.hpp"

namespace redrive::auth {
namespace {

using found_region = std::optional<sourced<std::string>>;

// What is wrong with a chain of sources is for the credentials to say.
found_region in_profile_or_source(const environment& env,
                                  const shared_config& config,
                                  const config_group* profile) {
    std::vector<const config_group*> visited;
    while (profile != nullptr &&
           std::find(visited.begin(), visited.end(), profile) == visited.end()) {
        if (auto region = config_lookup{env, profile}.in_profile("region")) return region;
        visited.push_back(profile);
        profile = config.profile(profile->get("source_profile"));
    }
    return std::nullopt;
}

found_region first_of_all(const environment& env,
                          const shared_config& config,
                          const config_group* profile) {
    const config_lookup lookup{env, profile};
    if (auto region = lookup.in_environment("AWS_REGION")) return region;
    if (auto region = lookup.in_environment("AWS_DEFAULT_REGION")) return region;
    return in_profile_or_source(env, config, profile);
}

} // namespace

bool take_fips(std::string& region) {
    constexpr std::string_view before = "fips-", behind = "-fips";
    if (region.starts_with(before)) {
        region.erase(0, before.size());
        return true;
    }
    if (!region.ends_with(behind)) return false;
    region.erase(region.size() - behind.size());
    return true;
}

result<region_choice> configured_region(const std::optional<sourced<std::string>>& given,
                                        const environment& env,
                                        const shared_config& config,
                                        const config_group* profile) {
    region_choice out;
    auto found = given ? given : first_of_all(env, config, profile);
    if (!found) return out;
    if (!is_region_name(found->value))
        return unusable_setting("region", *found, "write one such as eu-west-1");
    out.region = *std::move(found);
    out.means_fips = take_fips(out.region.value);
    if (!is_region_name(out.region.value))
        return unusable_setting("region", out.region, "write one such as eu-west-1");
    return out;
}

} // namespace redrive::auth
