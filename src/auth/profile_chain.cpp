#include "auth/profile_chain.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "auth/config_lookup.hpp"
#include "auth/static_credentials.hpp"
#include "core/ascii.hpp"
#include "core/credential_words.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::auth {
namespace {

constexpr std::size_t longest_shown_path = 200;
constexpr std::uint32_t shortest_duration = 900, longest_duration = 43'200;

constexpr std::array sso_keys{std::string_view{"sso_session"},
                              std::string_view{"sso_start_url"},
                              std::string_view{"sso_region"},
                              std::string_view{"sso_account_id"},
                              std::string_view{"sso_role_name"}};

struct found_base {
    chain_base base;
    std::string source;
};
using maybe_base = std::optional<found_base>;

config_error chain_error(std::string message, client_errc code = client_errc::bad_configuration) {
    config_error error;
    error.message = std::move(message);
    error.code = code;
    return error;
}

std::string shown(std::string_view name) {
    return may_be_a_secret(name) ? "(hidden: it may be a secret)" : std::string{name.substr(0, 80)};
}

// A profile and where it is, for messages: where it says `key`, or else anything.
std::string place_of(const config_group& profile, std::string_view key = {}) {
    if (const auto* value = profile.find(key)) return source_of(profile, *value);
    if (!profile.all().empty()) return source_of(profile, profile.all().begin()->second);
    return "profile " + profile.name();
}

config_error cannot_use(const config_group& profile, std::string_view key, const std::string& why) {
    return chain_error("The credentials of " + place_of(profile, key) + " cannot be used: " + why);
}

config_error cannot_use_value(const config_group& profile,
                              std::string_view key,
                              const std::string& remedy) {
    return cannot_use(
        profile, key, std::string{key} + " is " + in_quotes(profile.get(key)) + "; " + remedy);
}

result<named_source> read_credential_source(const config_group& profile) {
    constexpr std::string_view key = "credential_source";
    for (const auto each : {named_source::environment,
                            named_source::ec2_instance_metadata,
                            named_source::ecs_container})
        if (lower(profile.get(key)) == lower(to_string(each))) return each;
    return cannot_use_value(
        profile, key, "write Environment, Ec2InstanceMetadata or EcsContainer instead");
}

result<std::optional<std::uint32_t>> read_duration(const config_group& profile) {
    using duration = std::optional<std::uint32_t>;
    constexpr std::string_view key = "duration_seconds";
    const auto text = profile.get(key);
    if (text.empty()) return duration{};
    std::uint32_t seconds = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (ec != std::errc{} || end != text.data() + text.size() || seconds < shortest_duration ||
        seconds > longest_duration)
        return cannot_use_value(profile, key, "write a whole number from 900 to 43200");
    return duration{seconds};
}

result<maybe_base> web_identity_of(const shared_config&, const config_group& profile) {
    constexpr std::string_view key = "web_identity_token_file";
    if (!profile.has(key)) return maybe_base{};
    if (!profile.has("role_arn"))
        return cannot_use(
            profile, key, "`role_arn` was missing; add it beside web_identity_token_file");
    return maybe_base{{web_identity_source{std::string{profile.get("role_arn")},
                                           std::string{profile.get(key)},
                                           std::string{profile.get("role_session_name")}},
                       place_of(profile, key)}};
}

// IAM Identity Center: the profile's own keys, or those of the section that `sso_session` names.
class sso_reader {
  public:
    sso_reader(const shared_config& config, const config_group& profile)
        : profile_{profile}, key_{first_key(profile)}, session_{config.sso_session(
                                                           profile.get("sso_session"))} {}

    result<maybe_base> read() const {
        if (key_.empty()) return maybe_base{};
        if (auto error = check_session()) return *std::move(error);
        if (profile_.has("sso_account_id") != profile_.has("sso_role_name"))
            return refuse("sso_account_id and sso_role_name belong together; add the other one");
        sso_source out{region(),
                       start_url(),
                       std::string{profile_.get("sso_account_id")},
                       std::string{profile_.get("sso_role_name")},
                       std::string{profile_.get("sso_session")}};
        if (out.start_url.empty()) return lacks("sso_start_url");
        if (out.region.empty()) return lacks("sso_region");
        if (!is_region_name(out.region))
            return refuse("sso_region is " + in_quotes(out.region) +
                          "; write a region such as eu-west-1");
        return maybe_base{{std::move(out), place_of(profile_, key_)}};
    }

  private:
    static std::string_view first_key(const config_group& profile) {
        const auto* const found = std::find_if(
            sso_keys.begin(), sso_keys.end(), [&](auto key) { return profile.has(key); });
        return found == sso_keys.end() ? std::string_view{} : *found;
    }

    // In other SDKs it is an error to repeat what the session says; here only to contradict it.
    std::optional<config_error> check_session() const {
        const auto name = profile_.get("sso_session");
        if (name.empty()) return std::nullopt;
        if (session_ == nullptr)
            return refuse("there is no section [sso-session " + shown(name) +
                          "]; run `aws configure sso`, or correct sso_session");
        for (const std::string_view key : {"sso_start_url", "sso_region"})
            if (profile_.has(key) && session_->has(key) && profile_.get(key) != session_->get(key))
                return refuse(std::string{key} + " contradicts [sso-session " + shown(name) +
                              "]; remove it from the profile");
        return std::nullopt;
    }

    const config_group& home() const { return session_ == nullptr ? profile_ : *session_; }
    std::string region() const { return std::string{home().get("sso_region")}; }
    std::string start_url() const { return std::string{home().get("sso_start_url")}; }

    config_error lacks(const char* key) const {
        const auto where = session_ == nullptr ? "it" : "[sso-session " + session_->name() + "]";
        return refuse(where + " lacks " + key + "; add it, or run `aws configure sso`");
    }
    config_error refuse(const std::string& why) const { return cannot_use(profile_, key_, why); }

    const config_group& profile_;
    std::string_view key_;
    const config_group* session_; // null: the profile itself
};

result<maybe_base> sso_of(const shared_config& config, const config_group& profile) {
    return sso_reader{config, profile}.read();
}

result<maybe_base> named_source_of(const shared_config&, const config_group& profile) {
    constexpr std::string_view key = "credential_source";
    if (!profile.has(key)) return maybe_base{};
    const auto source = read_credential_source(profile);
    if (!source) return source.error();
    return maybe_base{{*source, place_of(profile, key)}};
}

result<maybe_base> login_of(const shared_config&, const config_group& profile) {
    constexpr std::string_view key = "login_session";
    if (!profile.has(key)) return maybe_base{};
    return maybe_base{{login_source{std::string{profile.get(key)}}, place_of(profile, key)}};
}

result<maybe_base> process_of(const shared_config&, const config_group& profile) {
    constexpr std::string_view key = "credential_process";
    constexpr std::string_view account = "aws_account_id";
    if (!profile.has(key)) return maybe_base{};
    const auto id = profile.get(account);
    const auto where = std::string{account} + " in the " + place_of(profile, account);
    if (auto error = check_account_id(id, where)) return *std::move(error);
    return maybe_base{
        {process_source{secret_text{profile.get(key)}, std::string{id}}, place_of(profile, key)}};
}

result<maybe_base> keys_of(const shared_config&, const config_group& profile) {
    auto found = profile_keys(profile);
    if (!found) return found.error();
    if (!*found) return maybe_base{};
    return maybe_base{{static_keys{std::move((*found)->keys)}, std::move((*found)->source)}};
}

bool has_static_keys(const config_group& profile) {
    return profile.has("aws_access_key_id") && profile.has("aws_secret_access_key");
}

// Follows `source_profile` from the selected profile to where credentials begin.
class chain_walk {
  public:
    explicit chain_walk(const shared_config& config) : config_{config} {}

    result<profile_chain> from(std::string_view selected) {
        const auto* profile = config_.profile(selected);
        if (profile == nullptr) return no_root(selected);
        while (takes_role(*profile)) {
            visited_.push_back(profile);
            if (auto error = push_role(*profile)) return *std::move(error);
            const auto next = profile->get("source_profile");
            if (next.empty() || next == profile->name()) break;
            const auto* source = config_.profile(next);
            if (source == nullptr) return no_source(*profile, next);
            if (std::find(visited_.begin(), visited_.end(), source) != visited_.end())
                return loop(*source);
            profile = source;
        }
        return finish(*profile);
    }

  private:
    // The selected profile prefers its role to its own keys, a source profile its own keys.
    bool takes_role(const config_group& profile) const {
        if (!visited_.empty() && has_static_keys(profile)) return false;
        return profile.has("role_arn") && !profile.has("web_identity_token_file");
    }

    std::optional<config_error> push_role(const config_group& profile) {
        constexpr std::string_view key = "role_arn";
        const bool by_profile = profile.has("source_profile");
        if (by_profile && profile.has("credential_source"))
            return cannot_use(profile,
                              key,
                              "profile contained both source_profile and credential_source; remove "
                              "one of the two");
        if (!by_profile && !profile.has("credential_source"))
            return cannot_use(profile,
                              key,
                              "profile must contain `source_profile` or `credential_source` beside "
                              "`role_arn`; add one that says whose credentials assume the role");
        auto duration = read_duration(profile);
        if (!duration) return duration.error();
        chain_.roles.push_back({std::string{profile.get(key)},
                                std::string{profile.get("role_session_name")},
                                std::string{profile.get("external_id")},
                                std::string{profile.get("mfa_serial")},
                                *duration,
                                profile.name()});
        return std::nullopt;
    }

    result<profile_chain> finish(const config_group& profile) {
        auto found = base_of(profile);
        if (!found) return found.error();
        if (!*found) return no_base(profile);
        chain_.base = std::move((*found)->base);
        chain_.base_source = std::move((*found)->source);
        std::reverse(chain_.roles.begin(), chain_.roles.end());
        return std::move(chain_);
    }

    // The first that the profile says anything about; a source profile's own keys come before all.
    result<maybe_base> base_of(const config_group& profile) const {
        const bool is_source = !visited_.empty() && visited_.back() != &profile;
        if (is_source && has_static_keys(profile)) return keys_of(config_, profile);
        for (const auto read :
             {named_source_of, web_identity_of, sso_of, login_of, process_of, keys_of}) {
            auto found = read(config_, profile);
            if (!found || *found) return found;
        }
        return maybe_base{};
    }

    config_error no_root(std::string_view name) const {
        constexpr auto code = client_errc::no_credentials;
        if (config_.profiles().empty())
            return chain_error(
                "No profiles were defined in the shared config and credentials files, "
                "so that profile " +
                    in_quotes(name) + " has no credentials; run `aws configure`",
                code);
        return chain_error("Profile " + in_quotes(name) +
                               " is in none of the shared config and credentials files; `aws "
                               "configure list-profiles` shows the ones that exist",
                           code);
    }

    static config_error no_source(const config_group& profile, std::string_view name) {
        return cannot_use(profile,
                          "source_profile",
                          "could not find source profile " + shown(name) + " referenced from " +
                              shown(profile.name()) +
                              "; add that profile, or correct source_profile");
    }

    config_error loop(const config_group& again) const {
        std::string path;
        for (const auto* each : visited_)
            path.append(each->name()).append(" -> ");
        path = path.substr(0, longest_shown_path) + again.name();
        return cannot_use(*visited_.back(),
                          "source_profile",
                          "profile formed an infinite loop: " + path +
                              "; let one of them name a profile that has credentials of its own");
    }

    config_error no_base(const config_group& profile) const {
        auto error = cannot_use(profile,
                                {},
                                "expected `aws_access_key_id` and `aws_secret_access_key` to be "
                                "defined, or another way to credentials; add them, run `aws "
                                "configure`, or choose another profile");
        if (visited_.empty()) error.code = client_errc::no_credentials;
        return error;
    }

    const shared_config& config_;
    std::vector<const config_group*> visited_; // the profiles whose roles are assumed
    profile_chain chain_;
};

} // namespace

std::string_view to_string(named_source value) noexcept {
    switch (value) {
    case named_source::environment: return "Environment";
    case named_source::ec2_instance_metadata: return "Ec2InstanceMetadata";
    case named_source::ecs_container: break;
    }
    return "EcsContainer";
}

result<profile_chain> resolve_profile_chain(const shared_config& config,
                                            std::string_view selected) {
    return chain_walk{config}.from(selected);
}

} // namespace redrive::auth
