#include "auth/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "auth/config_files.hpp"
#include "auth/configured_endpoint.hpp"
#include "auth/configured_region.hpp"
#include "core/ascii.hpp"

namespace redrive::auth {
namespace {

constexpr std::size_t usual_app_id = 50;
constexpr std::size_t longest_app_id = 256;
constexpr std::size_t longest_path = 4096;

using problem = std::optional<config_error>;

bool is_app_id(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
    });
}

template <class Choice>
struct choice_word {
    std::string_view text; // lower case
    Choice means;
};
constexpr std::array<choice_word<retry_mode>, 3> retry_words{{
    {"standard", retry_mode::standard},
    {"legacy", retry_mode::standard},
    {"adaptive", retry_mode::adaptive},
}};
constexpr std::array<choice_word<sts_endpoints>, 2> sts_words{{
    {"regional", sts_endpoints::regional},
    {"legacy", sts_endpoints::legacy},
}};
constexpr std::array<choice_word<metadata_mode>, 2> metadata_words{{
    {"ipv4", metadata_mode::ipv4},
    {"ipv6", metadata_mode::ipv6},
}};

std::optional<std::uint32_t> parse_attempts(std::string_view text) {
    text = trimmed(text);
    std::uint32_t number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc{} || end != text.data() + text.size() || number == 0) return std::nullopt;
    return number;
}

// Fills a settings value field by field; the first error wins.
class resolver {
  public:
    resolver(const setting_overrides& overrides,
             const environment& env,
             const shared_config& config,
             const config_group* profile)
        : overrides_{overrides}, env_{env}, config_{config}, profile_{profile}, lookup_{env,
                                                                                        profile} {}

    result<settings> run() {
        flags();
        for (const auto step : {&resolver::region,
                                &resolver::endpoints,
                                &resolver::sts_regional_endpoints,
                                &resolver::ca_bundle,
                                &resolver::max_attempts,
                                &resolver::mode,
                                &resolver::metadata})
            if (auto error = (this->*step)()) return *std::move(error);
        app_id();
        return std::move(out_);
    }

  private:
    void flags() {
        out_.use_fips =
            overrides_.use_fips.value_or(boolean("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"));
        out_.use_dualstack = overrides_.use_dualstack.value_or(
            boolean("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"));
        out_.ignore_configured_endpoint_urls =
            boolean("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls");
        out_.disable_clock_skew_correction =
            boolean("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "disable_clock_skew_correction");
        out_.ec2_metadata_disabled = boolean("AWS_EC2_METADATA_DISABLED");
        const auto is_new = boolean("AWS_NEW_RETRIES_2026", {}, true);
        out_.retry_version = {is_new.value ? flow::retry_version::v2_1 : flow::retry_version::v2_0,
                              is_new.source};
    }

    problem region() {
        auto found = configured_region(overrides_.region, env_, config_, profile_);
        if (!found) return found.error();
        out_.region = std::move(found->region);
        if (found->means_fips) out_.use_fips = {true, out_.region.source};
        return std::nullopt;
    }

    problem endpoints() {
        if (auto error = endpoint(service::sqs, overrides_.sqs_endpoint_url, out_.sqs_endpoint_url))
            return error;
        if (auto error = endpoint(service::sts, overrides_.sts_endpoint_url, out_.sts_endpoint_url))
            return error;
        if (auto error = endpoint(service::sso, std::nullopt, out_.sso_endpoint_url)) return error;
        if (auto error = endpoint(service::sso_oidc, std::nullopt, out_.sso_oidc_endpoint_url))
            return error;
        return endpoint(service::signin, std::nullopt, out_.signin_endpoint_url);
    }

    problem endpoint(service which,
                     const std::optional<sourced<std::string>>& override,
                     sourced<std::string>& into) {
        auto url = override;
        if (!url && !out_.ignore_configured_endpoint_urls.value) {
            auto configured = configured_endpoint(which, env_, config_, profile_);
            if (!configured) return configured.error();
            url = *std::move(configured);
        }
        if (!url) return std::nullopt;
        if (auto error = check_endpoint(*url)) return error;
        into = *std::move(url);
        return std::nullopt;
    }

    problem sts_regional_endpoints() {
        return choose(out_.sts_regional_endpoints,
                      lookup_.text("AWS_STS_REGIONAL_ENDPOINTS", "sts_regional_endpoints"),
                      sts_words,
                      "choice of STS endpoints",
                      "write regional or legacy");
    }

    // Instance metadata: an endpoint beats the mode, which chooses between the usual two.
    problem metadata() {
        if (auto name = lookup_.text("AWS_EC2_INSTANCE_PROFILE_NAME", "ec2_instance_profile_name"))
            out_.ec2_instance_profile_name = *std::move(name);
        if (auto error = metadata_mode_of()) return error;
        auto& url = out_.ec2_metadata_service_endpoint;
        const auto& mode = out_.ec2_metadata_service_endpoint_mode;
        url = {mode.value == metadata_mode::ipv4 ? "http://169.254.169.254"
                                                 : "http://[fd00:ec2::254]",
               mode.source};
        auto given =
            lookup_.text("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
        if (!given) return std::nullopt;
        if (auto error = check_endpoint(*given)) return error;
        url = *std::move(given);
        return std::nullopt;
    }

    problem metadata_mode_of() {
        return choose(out_.ec2_metadata_service_endpoint_mode,
                      lookup_.text("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
                                   "ec2_metadata_service_endpoint_mode"),
                      metadata_words,
                      "mode of instance metadata",
                      "write IPv4 or IPv6");
    }

    problem ca_bundle() {
        auto path = overrides_.ca_bundle;
        if (!path) path = lookup_.text("AWS_CA_BUNDLE", "ca_bundle");
        if (!path) return std::nullopt;
        if (path->value.empty() || path->value.size() > longest_path ||
            path->value.find('\0') != std::string::npos)
            return unusable_setting("CA bundle", *path, "give the path of a PEM file");
        out_.ca_bundle = *std::move(path);
        return std::nullopt;
    }

    problem max_attempts() {
        if (overrides_.max_attempts) {
            const auto& [number, source] = *overrides_.max_attempts;
            if (number == 0)
                return unusable_setting("number of attempts", {"0", source}, "write 1 or more");
            out_.max_attempts = *overrides_.max_attempts;
            return std::nullopt;
        }
        const auto text = lookup_.text("AWS_MAX_ATTEMPTS", "max_attempts");
        if (!text) return std::nullopt;
        const auto number = parse_attempts(text->value);
        if (!number)
            return unusable_setting("number of attempts", *text, "write a whole number, 1 or more");
        out_.max_attempts = {*number, text->source};
        return std::nullopt;
    }

    problem mode() {
        if (overrides_.mode) {
            out_.mode = *overrides_.mode;
            return std::nullopt;
        }
        return choose(out_.mode,
                      lookup_.text("AWS_RETRY_MODE", "retry_mode"),
                      retry_words,
                      "retry mode",
                      "write standard or adaptive");
    }

    // Leaves `into` as it is without a text.
    template <class Choice, std::size_t N>
    static problem choose(sourced<Choice>& into,
                          const std::optional<sourced<std::string>>& text,
                          const std::array<choice_word<Choice>, N>& words,
                          std::string_view what,
                          std::string_view remedy) {
        if (!text) return std::nullopt;
        for (const auto& word : words) {
            if (word.text != lower(trimmed(text->value))) continue;
            into = {word.means, text->source};
            return std::nullopt;
        }
        return unusable_setting(what, *text, remedy);
    }

    // Without a `key`: a matter of the environment alone.
    sourced<bool> boolean(std::string_view variable,
                          std::string_view key = {},
                          bool otherwise = false) {
        const auto text = lookup_.text(variable, key);
        if (!text) return {otherwise, "default"};
        const auto value = parse_boolean(text->value);
        if (value) return {*value, text->source};
        out_.warnings.push_back("Ignored " + in_quotes(text->value) + " from " + text->source +
                                " for " + std::string{key.empty() ? variable : key} +
                                "; write true or false");
        return {otherwise, "default"};
    }

    void app_id() {
        auto text = lookup_.text("AWS_SDK_UA_APP_ID", "sdk_ua_app_id");
        if (!text) return;
        if (!is_app_id(text->value) || text->value.size() > longest_app_id) {
            out_.warnings.push_back("Ignored the application id from " + text->source +
                                    "; use letters, digits and !#$%&'*+-.^_`|~");
            return;
        }
        if (text->value.size() > usual_app_id)
            out_.warnings.push_back("The application id from " + text->source +
                                    " is longer than 50 characters; AWS may cut it short");
        out_.sdk_ua_app_id = *std::move(text);
    }

    const setting_overrides& overrides_;
    const environment& env_;
    const shared_config& config_;
    const config_group* profile_;
    config_lookup lookup_;
    settings out_;
};

} // namespace

std::string_view to_string(retry_mode value) noexcept {
    return value == retry_mode::standard ? "standard" : "adaptive";
}

std::string_view to_string(sts_endpoints value) noexcept {
    return value == sts_endpoints::regional ? "regional" : "legacy";
}

std::string_view to_string(metadata_mode value) noexcept {
    return value == metadata_mode::ipv4 ? "IPv4" : "IPv6";
}

const sourced<std::string>& settings::endpoint_url(service which) const noexcept {
    switch (which) {
    case service::sqs: return sqs_endpoint_url;
    case service::sts: return sts_endpoint_url;
    case service::sso: return sso_endpoint_url;
    case service::sso_oidc: return sso_oidc_endpoint_url;
    case service::signin: break;
    }
    return signin_endpoint_url;
}

result<service_endpoint> settings::endpoint_in(service which, std::string_view in_region) const {
    std::string place{in_region};
    const bool means_fips = take_fips(place);
    return resolve_endpoint(which,
                            {.region = std::move(place),
                             .use_fips = means_fips || use_fips.value,
                             .use_dualstack = use_dualstack.value,
                             .endpoint_override = endpoint_url(which).value,
                             .legacy_sts = sts_regional_endpoints.value == sts_endpoints::legacy});
}

result<settings> resolve_selected_settings(const setting_overrides& overrides,
                                           const environment& env,
                                           const shared_config& config,
                                           const std::optional<sourced<std::string>>& given) {
    const auto chosen = given.value_or(profile_choice(env));
    const auto* group = config.profile(chosen.value);
    if (group == nullptr && given)
        return unusable_setting("profile",
                                chosen,
                                "it is in none of the shared config and credentials files; `aws "
                                "configure list-profiles` shows the ones that exist");
    auto out = resolve_settings(overrides, env, config, group);
    if (!out) return out;
    out->profile = chosen;
    if (group == nullptr && chosen.source != "default")
        out->warnings.push_back("There is no profile " + in_quotes(chosen.value) + ", which " +
                                chosen.source + " selects; no profile is used");
    return out;
}

result<settings> resolve_settings(const setting_overrides& overrides,
                                  const environment& env,
                                  const shared_config& config,
                                  const config_group* profile) {
    return resolver{overrides, env, config, profile}.run();
}

} // namespace redrive::auth
