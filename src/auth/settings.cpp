#include "auth/settings.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "auth/configured_endpoint.hpp"
#include "core/ascii.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::auth {
namespace {

constexpr std::size_t usual_app_id = 50;
constexpr std::size_t longest_app_id = 256;
constexpr std::size_t longest_path = 4096;

using problem = std::optional<config_error>;

config_error unusable(std::string_view what,
                      const sourced<std::string>& value,
                      std::string_view remedy) {
    config_error error;
    error.message.append("The ").append(what).append(" ").append(in_quotes(value.value));
    error.message.append(" from ").append(value.source).append(" cannot be used; ").append(remedy);
    return error;
}

bool is_app_id(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
    });
}

std::optional<retry_mode> parse_retry_mode(std::string_view text) {
    const auto word = lower(trimmed(text));
    if (word == "standard" || word == "legacy") return retry_mode::standard;
    if (word == "adaptive") return retry_mode::adaptive;
    return std::nullopt;
}

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
        for (const auto step : {&resolver::region,
                                &resolver::endpoints,
                                &resolver::ca_bundle,
                                &resolver::max_attempts,
                                &resolver::mode})
            if (auto error = (this->*step)()) return *std::move(error);
        out_.use_fips =
            overrides_.use_fips.value_or(boolean("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"));
        out_.use_dualstack = overrides_.use_dualstack.value_or(
            boolean("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"));
        out_.disable_clock_skew_correction =
            boolean("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "disable_clock_skew_correction");
        retry_version();
        app_id();
        return std::move(out_);
    }

  private:
    problem region() {
        auto value = overrides_.region;
        if (!value) value = lookup_.in_environment("AWS_REGION");
        if (!value) value = lookup_.text("AWS_DEFAULT_REGION", "region");
        if (!value) return std::nullopt;
        if (!is_region_name(value->value))
            return unusable("region", *value, "write one such as eu-west-1");
        out_.region = *std::move(value);
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
        if (!url) {
            auto configured = configured_endpoint(which, env_, config_, profile_);
            if (!configured) return configured.error();
            url = *std::move(configured);
        }
        if (!url) return std::nullopt;
        if (auto error = check_endpoint(*url)) return error;
        into = *std::move(url);
        return std::nullopt;
    }

    problem ca_bundle() {
        auto path = overrides_.ca_bundle;
        if (!path) path = lookup_.text("AWS_CA_BUNDLE", "ca_bundle");
        if (!path) return std::nullopt;
        if (path->value.empty() || path->value.size() > longest_path ||
            path->value.find('\0') != std::string::npos)
            return unusable("CA bundle", *path, "give the path of a PEM file");
        out_.ca_bundle = *std::move(path);
        return std::nullopt;
    }

    problem max_attempts() {
        if (overrides_.max_attempts) {
            const auto& [number, source] = *overrides_.max_attempts;
            if (number == 0)
                return unusable("number of attempts", {"0", source}, "write 1 or more");
            out_.max_attempts = *overrides_.max_attempts;
            return std::nullopt;
        }
        const auto text = lookup_.text("AWS_MAX_ATTEMPTS", "max_attempts");
        if (!text) return std::nullopt;
        const auto number = parse_attempts(text->value);
        if (!number)
            return unusable("number of attempts", *text, "write a whole number, 1 or more");
        out_.max_attempts = {*number, text->source};
        return std::nullopt;
    }

    problem mode() {
        if (overrides_.mode) {
            out_.mode = *overrides_.mode;
            return std::nullopt;
        }
        const auto text = lookup_.text("AWS_RETRY_MODE", "retry_mode");
        if (!text) return std::nullopt;
        const auto mode = parse_retry_mode(text->value);
        if (!mode) return unusable("retry mode", *text, "write standard or adaptive");
        out_.mode = {*mode, text->source};
        return std::nullopt;
    }

    sourced<bool> boolean(std::string_view variable, std::string_view key) {
        const auto text = lookup_.text(variable, key);
        if (!text) return {false, "default"};
        const auto value = parse_boolean(text->value);
        if (value) return {*value, text->source};
        out_.warnings.push_back("Ignored " + in_quotes(text->value) + " from " + text->source +
                                " for " + std::string{key} + "; write true or false");
        return {false, "default"};
    }

    void retry_version() {
        constexpr std::string_view variable = "AWS_NEW_RETRIES_2026";
        const auto text = lookup_.in_environment(variable);
        if (!text) return;
        const auto is_new = parse_boolean(text->value);
        if (is_new) {
            const auto version = *is_new ? flow::retry_version::v2_1 : flow::retry_version::v2_0;
            out_.retry_version = {version, text->source};
        } else {
            out_.warnings.push_back("Ignored " + in_quotes(text->value) + " from " + text->source +
                                    "; write true or false");
        }
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
    return resolve_endpoint(
        which,
        {std::string{in_region}, use_fips.value, use_dualstack.value, endpoint_url(which).value});
}

result<settings> resolve_settings(const setting_overrides& overrides,
                                  const environment& env,
                                  const shared_config& config,
                                  const config_group* profile) {
    return resolver{overrides, env, config, profile}.run();
}

} // namespace redrive::auth
