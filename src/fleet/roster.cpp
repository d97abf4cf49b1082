#include "fleet/roster.hpp"

#include <algorithm>
#include <set>

#include "auth/credential_features.hpp"
#include "auth/partitions.hpp"
#include "client/setup.hpp"
#include "flow/least_policy.hpp"

namespace redrive::detail {
namespace {

std::optional<auth::sourced<std::string>> given(const std::string& value, const char* source) {
    if (value.empty()) return std::nullopt;
    return auth::sourced<std::string>{value, source};
}

auth::result<auth::identity> identity_from(const fleet_account& account,
                                           const fleet_config& config,
                                           const auth::environment& env,
                                           const auth::shared_config& files) {
    auth::setting_overrides overrides;
    const auto& url = account.endpoint_url.empty() ? config.endpoint_url : account.endpoint_url;
    const auto& roots = account.ca_bundle.empty() ? config.ca_bundle : account.ca_bundle;
    overrides.region = given(account.region, "fleet_account::region");
    overrides.sqs_endpoint_url = given(url, "endpoint_url");
    overrides.ca_bundle = given(roots, "ca_bundle");
    auto settings = auth::resolve_settings(overrides, env, files, nullptr);
    if (!settings) return settings.error();
    auth::identity out;
    out.name = account.name;
    out.keys = auth::loaded_credentials{account.keys, "code"};
    out.keys->features = auth::features::given_in_code;
    out.account = account.account;
    out.config = std::move(*settings);
    return out;
}

auth::config_error refused(std::string message) {
    auth::config_error error;
    error.message = std::move(message);
    return error;
}

// Where a role is: with the regions that are asked for, else with the identity that assumes it.
std::string_view partition_for(const auth::identity& base, const fleet_config& config) {
    for (const auto& region : config.regions)
        if (region != "all") return auth::partition_of_region(region).name;
    return auth::partition_of_region(base.region()).name;
}

// Keys are not narrowed: an encrypted queue would not stop.
std::string policy_of_narrow_roles() {
    flow::policy_scope what;
    what.uses = {flow::policy_use::cancel};
    what.keys = {"*"};
    return flow::least_policy(what);
}

auth::result<auth::identity> in_role(const auth::identity& base,
                                     const fleet_role& what,
                                     const fleet_config& config) {
    if (!is_account_id(what.account))
        return refused("\"" + what.account.substr(0, 80) +
                       "\" is not an account: give its 12 digits");
    auto arn = auth::role_arn_in(what.account, what.role, partition_for(base, config));
    if (!arn) return arn.error();
    auto out = base;
    out.name = *arn;
    out.account = what.account;
    out.regions = what.regions;
    out.role.emplace();
    out.role->step.role_arn = *std::move(arn);
    out.role->step.external_id = what.external_id;
    out.role->step.session_name = what.session_name;
    out.role->step.profile = base.name;
    if (config.narrow_roles) out.role->policy = policy_of_narrow_roles();
    return out;
}

// The identities that one base assumes.
auth::result<std::vector<auth::identity>> in_roles(const std::vector<auth::identity>& bases,
                                                   const fleet_config& config) {
    if (bases.size() != 1)
        return refused(std::to_string(bases.size()) +
                       " profiles were chosen to assume the roles: choose one");
    std::vector<auth::identity> out;
    for (const auto& each : config.roles) {
        auto one = in_role(bases.front(), each, config);
        if (!one) return one.error();
        out.push_back(*std::move(one));
    }
    return out;
}

std::vector<std::string> regions_of(const auth::identity& who,
                                    const std::vector<std::string>& wanted) {
    std::vector<std::string> out;
    const auto add = [&out](std::string_view region) {
        if (std::find(out.begin(), out.end(), region) == out.end()) out.emplace_back(region);
    };
    const auto& listed = who.regions.empty() ? wanted : who.regions;
    if (listed.empty() && !who.region().empty()) add(who.region());
    for (const auto& region : listed) {
        if (region != "all") {
            add(region);
            continue;
        }
        for (const auto each : auth::partition_of_region(who.region()).regions)
            add(each);
    }
    return out;
}

std::optional<setup_error> find_bad_region(const std::vector<std::string>& regions) {
    for (const auto& region : regions) {
        if (region == "all" || is_region_name(region)) continue;
        return setup_error{client_errc::bad_configuration,
                           call_phase::configure,
                           "\"" + region.substr(0, 80) +
                               "\" is not a region; use names such as eu-west-1, or `all`"};
    }
    return std::nullopt;
}

} // namespace

std::variant<roster, setup_error> roster::load(const fleet_config& config) {
    const auto env = auth::environment::of_process();
    const auto files = auth::load_config_for(env, config.profiles);
    if (!files) return setup_failure(files.error());
    std::vector<auth::identity> identities;
    for (const auto& account : config.accounts) {
        auto one = identity_from(account, config, env, *files);
        if (!one) return setup_failure(one.error());
        identities.push_back(std::move(*one));
    }
    const bool needs_others = !config.profiles.empty() || !config.roles.empty();
    if (config.accounts.empty() || needs_others) {
        auth::setting_overrides overrides;
        overrides.sqs_endpoint_url = given(config.endpoint_url, "--endpoint-url");
        overrides.ca_bundle = given(config.ca_bundle, "--ca-bundle");
        auto loaded = auth::load_identities(env, *files, config.profiles, overrides);
        if (loaded && !config.roles.empty()) loaded = in_roles(*std::move(loaded), config);
        if (!loaded) return setup_failure(loaded.error());
        for (auto& each : *loaded)
            identities.push_back(std::move(each));
    }
    auto out = from(std::move(identities), config.regions);
    if (auto* made = std::get_if<roster>(&out)) made->file_warnings_ = files->warnings();
    return out;
}

std::vector<std::string> roster::warnings() const {
    auto out = file_warnings_;
    for (const auto& who : identities_)
        for (const auto& each : who.config.warnings)
            if (std::find(out.begin(), out.end(), each) == out.end()) out.push_back(each);
    return out;
}

std::variant<roster, setup_error> roster::from(std::vector<auth::identity> identities,
                                               const std::vector<std::string>& regions) {
    roster out;
    if (auto bad = find_bad_region(regions)) return *std::move(bad);
    for (const auto& who : identities)
        if (auto bad = find_bad_region(who.regions)) return *std::move(bad);
    std::set<std::pair<std::string, std::string>> covered;
    for (std::size_t i = 0; i < identities.size(); ++i) {
        auto searched = regions_of(identities[i], regions);
        if (searched.empty()) out.without_region_.push_back(i);
        for (auto& region : searched) {
            const auto& account = identities[i].account;
            if (!account.empty() && !covered.emplace(account, region).second) continue;
            out.places_.push_back({i, std::move(region)});
        }
    }
    out.identities_ = std::move(identities);
    return out;
}

roster::route roster::route_for(const target& what) const {
    route out;
    static const std::string any;
    const auto& account = what.source ? what.source->account : any;
    std::vector<std::size_t> unknown;
    for (std::size_t i = 0; i < identities_.size(); ++i) {
        const auto& who = identities_[i];
        if (account.empty() || who.account == account) {
            out.candidates.push_back(i);
        } else if (who.account.empty() || !who.config.sqs_endpoint_url.value.empty()) {
            unknown.push_back(i);
        }
    }
    if (!account.empty() && !out.candidates.empty())
        out.candidates.erase(out.candidates.begin() + 1, out.candidates.end());
    if (out.candidates.empty()) out.candidates = std::move(unknown);
    if (out.candidates.empty()) {
        out.refusal = "it is in account " + account + ", but the credentials are of " +
                      (identities_.size() == 1
                           ? "account " + identities_.front().account
                           : std::to_string(identities_.size()) + " other accounts, such as " +
                                 identities_.front().account) +
                      "; add a profile of that account with --profile";
    }
    return out;
}

void roster::learn_account(std::size_t who, const std::string& account) {
    if (identities_[who].account.empty()) identities_[who].account = account;
}

} // namespace redrive::detail
