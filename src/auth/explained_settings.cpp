#include "auth/explained_settings.hpp"

#include <utility>

#include "auth/config_files.hpp"
#include "auth/proxy_environment.hpp"

namespace redrive::auth {
namespace {

class explanation {
  public:
    void add(std::string_view name, const sourced<std::string>& text) {
        if (text.value.empty())
            out_.push_back({name, {}, "default"});
        else
            out_.push_back({name, text.value, text.source});
    }
    void add(std::string_view name, const sourced<bool>& flag) {
        out_.push_back({name, flag.value, flag.source});
    }
    void add(std::string_view name, const sourced<std::uint32_t>& number) {
        out_.push_back({name, number.value, number.source});
    }
    template <class Choice>
    void add_choice(std::string_view name, const sourced<Choice>& choice) {
        out_.push_back({name, std::string{to_string(choice.value)}, choice.source});
    }

    std::vector<explained_setting> take() && { return std::move(out_); }

  private:
    std::vector<explained_setting> out_;
};

sourced<std::string> told(const config_file_place& place, const char* variable) {
    return {place.path, place.asked_for_by_name ? variable : "default"};
}

sourced<std::string> told(const sourced<flow::retry_version>& version) {
    return {version.value == flow::retry_version::v2_0 ? "2.0" : "2.1", version.source};
}

// The URL may hold a password, so that one which cannot be read is not shown at all.
sourced<std::string> told(const wire::proxy_rules::choice& choice) {
    if (choice.proxy) return {choice.proxy->name(), choice.source};
    return {choice.problem.empty() ? "" : "unusable", choice.source};
}

void add_files(explanation& out, const settings& values, const environment& env) {
    const auto files = locate_config_files(env);
    out.add("profile", values.profile);
    out.add("config_file", told(files.config, "AWS_CONFIG_FILE"));
    out.add("shared_credentials_file", told(files.credentials, "AWS_SHARED_CREDENTIALS_FILE"));
}

void add_endpoints(explanation& out, const settings& values) {
    out.add("region", values.region);
    out.add("endpoint_url", values.sqs_endpoint_url);
    out.add("sts_endpoint_url", values.sts_endpoint_url);
    out.add("sso_endpoint_url", values.sso_endpoint_url);
    out.add("sso_oidc_endpoint_url", values.sso_oidc_endpoint_url);
    out.add("signin_endpoint_url", values.signin_endpoint_url);
    out.add("ignore_configured_endpoint_urls", values.ignore_configured_endpoint_urls);
    out.add("use_fips", values.use_fips);
    out.add("use_dualstack", values.use_dualstack);
    out.add_choice("sts_regional_endpoints", values.sts_regional_endpoints);
}

void add_requests(explanation& out, const settings& values) {
    out.add_choice("retry_mode", values.mode);
    out.add("max_attempts", values.max_attempts);
    out.add("retry_version", told(values.retry_version));
    out.add("disable_clock_skew_correction", values.disable_clock_skew_correction);
    out.add("sdk_ua_app_id", values.sdk_ua_app_id);
    out.add("ca_bundle", values.ca_bundle);
}

void add_metadata(explanation& out, const settings& values) {
    out.add("ec2_metadata_disabled", values.ec2_metadata_disabled);
    out.add("ec2_metadata_service_endpoint", values.ec2_metadata_service_endpoint);
    out.add_choice("ec2_metadata_service_endpoint_mode", values.ec2_metadata_service_endpoint_mode);
    out.add("ec2_instance_profile_name", values.ec2_instance_profile_name);
}

void add_proxies(explanation& out, const environment& env) {
    const auto proxies = proxies_from(env);
    out.add("https_proxy", told(proxies.for_https));
    out.add("http_proxy", told(proxies.for_http));
    out.add("no_proxy", no_proxy_from(env));
}

} // namespace

std::vector<explained_setting> explain_settings(const settings& values, const environment& env) {
    explanation out;
    add_files(out, values, env);
    add_endpoints(out, values);
    add_requests(out, values);
    add_metadata(out, values);
    add_proxies(out, env);
    return std::move(out).take();
}

} // namespace redrive::auth
