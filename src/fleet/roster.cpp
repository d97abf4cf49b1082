#include "fleet/roster.hpp"

#include <algorithm>

#include "auth/config_files.hpp"
#include "auth/partitions.hpp"

namespace redrive::detail {
namespace {

setup_error failure(const auth::config_error& error) {
    return {error.code,
            auth::is_about_credentials(error) ? call_phase::credentials : call_phase::configure,
            error.message};
}

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
    out.account = account.account;
    out.config = std::move(*settings);
    return out;
}

std::vector<std::string> regions_of(const auth::identity& who,
                                    const std::vector<std::string>& wanted) {
    std::vector<std::string> out;
    const auto add = [&out](std::string_view region) {
        if (std::find(out.begin(), out.end(), region) == out.end()) out.emplace_back(region);
    };
    if (wanted.empty() && !who.region().empty()) add(who.region());
    for (const auto& region : wanted) {
        if (region != "all") {
            add(region);
            continue;
        }
        for (const auto each : auth::partition_of_region(who.region()).regions)
            add(each);
    }
    return out;
}

} // namespace

std::variant<roster, setup_error> roster::load(const fleet_config& config) {
    const auto env = auth::environment::of_process();
    const auto files = auth::load_config_for(env, config.profiles);
    if (!files) return failure(files.error());
    std::vector<auth::identity> identities;
    for (const auto& account : config.accounts) {
        auto one = identity_from(account, config, env, *files);
        if (!one) return failure(one.error());
        identities.push_back(std::move(*one));
    }
    if (config.accounts.empty() || !config.profiles.empty()) {
        auth::setting_overrides overrides;
        overrides.sqs_endpoint_url = given(config.endpoint_url, "--endpoint-url");
        overrides.ca_bundle = given(config.ca_bundle, "--ca-bundle");
        auto loaded = auth::load_identities(env, *files, config.profiles, overrides);
        if (!loaded) return failure(loaded.error());
        for (auto& each : *loaded)
            identities.push_back(std::move(each));
    }
    return from(std::move(identities), config.regions);
}

std::variant<roster, setup_error> roster::from(std::vector<auth::identity> identities,
                                               const std::vector<std::string>& regions) {
    roster out;
    for (const auto& region : regions) {
        if (region == "all" || is_region_name(region)) continue;
        return setup_error{client_errc::bad_configuration,
                           call_phase::configure,
                           "\"" + region.substr(0, 80) +
                               "\" is not a region; use names such as eu-west-1, or `all`"};
    }
    std::vector<std::pair<std::string, std::string>> covered;
    for (std::size_t i = 0; i < identities.size(); ++i) {
        auto searched = regions_of(identities[i], regions);
        if (searched.empty()) out.without_region_.push_back(i);
        for (auto& region : searched) {
            std::pair key{identities[i].account, region};
            if (!key.first.empty() &&
                std::find(covered.begin(), covered.end(), key) != covered.end())
                continue;
            covered.push_back(std::move(key));
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
