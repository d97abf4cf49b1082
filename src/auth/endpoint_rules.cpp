#include "auth/endpoint_rules.hpp"

#include <string_view>

#include "auth/partitions.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::auth {
namespace {

constexpr std::string_view global_region = "aws-global";

config_error invalid(std::string_view why) {
    config_error error;
    error.message.append("Invalid Configuration: ").append(why);
    return error;
}

// What stands before `-fips` and the region.
std::string_view host_prefix(service which) noexcept {
    switch (which) {
    case service::sqs: return "sqs";
    case service::sts: return "sts";
    case service::sso: return "portal.sso";
    case service::sso_oidc: return "oidc";
    case service::signin: return "signin";
    }
    return {};
}

std::string url_of(service which, bool fips, std::string_view region, std::string_view suffix) {
    std::string url{"https://"};
    url.append(host_prefix(which)).append(fips ? "-fips." : ".");
    return url.append(region).append(".").append(suffix);
}

// Documented for the partition `aws` only; elsewhere its own suffix is the best guess, and
// AWS_ENDPOINT_URL_SIGNIN the remedy. With FIPS or dual stack the pattern of the other services
// holds: where there is no such host, the call fails instead of reaching a host that nobody chose.
std::string regular_signin_url(std::string_view region, const partition& home) {
    const auto suffix = home.name == "aws" ? std::string_view{"aws.amazon.com"} : home.dns_suffix;
    return std::string{"https://"}.append(region).append(".signin.").append(suffix);
}

std::string url_in_region(service which, const endpoint_params& params) {
    const auto& home = partition_of_region(params.region);
    if (params.use_dualstack)
        return url_of(which, params.use_fips, params.region, home.dualstack_suffix);
    // GovCloud's regular hosts are the FIPS ones.
    if (params.use_fips && home.name == "aws-us-gov" && which != service::signin)
        return url_of(which, false, params.region, home.dns_suffix);
    if (params.use_fips) return url_of(which, true, params.region, home.dns_suffix);
    if (which == service::sts && params.region == global_region) return "https://sts.amazonaws.com";
    if (which == service::signin) return regular_signin_url(params.region, home);
    return url_of(which, false, params.region, home.dns_suffix);
}

std::string signing_region(service which, const std::string& region) {
    if (which == service::sts && region == global_region)
        return std::string{partition_of_region(region).implicit_region};
    return region;
}

} // namespace

result<service_endpoint> resolve_endpoint(service which, const endpoint_params& params) {
    // Everything that becomes part of a host name or a credential scope is checked first.
    if (!params.region.empty() && !is_region_name(params.region))
        return invalid("the region is not a valid host label");
    if (!params.endpoint_override.empty()) {
        if (params.use_fips) return invalid("FIPS and custom endpoint are not supported");
        if (params.use_dualstack) return invalid("Dualstack and custom endpoint are not supported");
        return service_endpoint{params.endpoint_override, signing_region(which, params.region)};
    }
    if (params.region.empty()) return invalid("Missing Region");
    return service_endpoint{url_in_region(which, params), signing_region(which, params.region)};
}

} // namespace redrive::auth
