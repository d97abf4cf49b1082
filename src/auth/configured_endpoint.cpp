#include "auth/configured_endpoint.hpp"

#include "auth/config_file.hpp"

#include "redrive/endpoint.hpp"

namespace redrive::auth {
namespace {

using found_url = std::optional<sourced<std::string>>;

std::string_view variable_of(service which) noexcept {
    switch (which) {
    case service::sqs: return "AWS_ENDPOINT_URL_SQS";
    case service::sts: return "AWS_ENDPOINT_URL_STS";
    case service::sso: return "AWS_ENDPOINT_URL_SSO";
    case service::sso_oidc: return "AWS_ENDPOINT_URL_SSO_OIDC";
    case service::signin: return "AWS_ENDPOINT_URL_SIGNIN";
    }
    return {};
}

const config_value* block_of(service which, const config_group& services) {
    switch (which) {
    case service::sqs: return services.find("sqs");
    case service::sts: return services.find("sts");
    case service::sso: return services.find("sso");
    case service::sso_oidc: {
        // Other tools write one of the two.
        const auto* block = services.find("sso_oidc");
        return block != nullptr ? block : services.find("sso-oidc");
    }
    case service::signin: return services.find("signin");
    }
    return nullptr;
}

config_error no_such_services(const sourced<std::string>& name) {
    config_error error;
    error.message = "There is no section [services " + name.value + "], which " + name.source +
                    " names; add it, or remove the key services";
    return error;
}

// `services = NAME` in the profile, and `endpoint_url` indented under the service in that section.
result<found_url> in_services(service which,
                              const config_lookup& lookup,
                              const shared_config& config) {
    const auto name = lookup.in_profile("services");
    if (!name) return found_url{};
    const auto* section = config.services(name->value);
    if (section == nullptr) return no_such_services(*name);
    const auto* block = block_of(which, *section);
    if (block == nullptr) return found_url{};
    const auto url = sub_property(block->text, "endpoint_url");
    if (url.empty()) return found_url{};
    return found_url{{std::string{url}, "services " + name->value + " in " + block->file}};
}

} // namespace

result<found_url> configured_endpoint(service which,
                                      const environment& env,
                                      const shared_config& config,
                                      const config_group* profile) {
    const config_lookup lookup{env, profile};
    // The general variable beats the file's entry for the very service.
    if (auto url = lookup.in_environment(variable_of(which))) return url;
    if (auto url = lookup.in_environment("AWS_ENDPOINT_URL")) return url;
    auto url = in_services(which, lookup, config);
    if (!url || *url) return url;
    return lookup.in_profile("endpoint_url");
}

std::optional<config_error> check_endpoint(const sourced<std::string>& url) {
    if (parse_endpoint(url.value)) return std::nullopt;
    config_error error;
    error.message = "The endpoint URL from " + url.source +
                    " cannot be used; write it as https://host[:port], without user, query or "
                    "fragment";
    return error;
}

} // namespace redrive::auth
