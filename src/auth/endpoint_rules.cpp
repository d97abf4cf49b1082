#include "auth/endpoint_rules.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "auth/partitions.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::auth {
namespace {

constexpr std::string_view global_region = "aws-global";

// The regions that STS served from one host before each had its own.
constexpr std::array<std::string_view, 16> legacy_sts_regions{"ap-northeast-1",
                                                              "ap-south-1",
                                                              "ap-southeast-1",
                                                              "ap-southeast-2",
                                                              global_region,
                                                              "ca-central-1",
                                                              "eu-central-1",
                                                              "eu-north-1",
                                                              "eu-west-1",
                                                              "eu-west-2",
                                                              "eu-west-3",
                                                              "sa-east-1",
                                                              "us-east-1",
                                                              "us-east-2",
                                                              "us-west-1",
                                                              "us-west-2"};

// Whether STS is asked at its one host of old.
bool has_global_host(const endpoint_params& params) {
    if (params.use_fips || params.use_dualstack) return false;
    if (!params.legacy_sts) return params.region == global_region;
    return std::find(legacy_sts_regions.begin(), legacy_sts_regions.end(), params.region) !=
           legacy_sts_regions.end();
}

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
    if (which == service::sts && has_global_host(params)) return "https://sts.amazonaws.com";
    const auto& home = partition_of_region(params.region);
    if (params.use_dualstack)
        return url_of(which, params.use_fips, params.region, home.dualstack_suffix);
    // GovCloud's regular hosts are the FIPS ones.
    if (params.use_fips && home.name == "aws-us-gov" && which != service::signin)
        return url_of(which, false, params.region, home.dns_suffix);
    if (params.use_fips) return url_of(which, true, params.region, home.dns_suffix);
    if (which == service::signin) return regular_signin_url(params.region, home);
    return url_of(which, false, params.region, home.dns_suffix);
}

std::string signing_region(service which, const endpoint_params& params) {
    const bool is_global = params.region == global_region ||
                           (params.endpoint_override.empty() && has_global_host(params));
    return which == service::sts && is_global
               ? std::string{partition_of_region(global_region).implicit_region}
               : params.region;
}

} // namespace

result<service_endpoint> resolve_endpoint(service which, const endpoint_params& params) {
    // Everything that becomes part of a host name or a credential scope is checked first.
    if (!params.region.empty() && !is_region_name(params.region))
        return invalid("the region is not a valid host label");
    if (!params.endpoint_override.empty()) {
        if (params.use_fips) return invalid("FIPS and custom endpoint are not supported");
        if (params.use_dualstack) return invalid("Dualstack and custom endpoint are not supported");
        return service_endpoint{params.endpoint_override, signing_region(which, params)};
    }
    if (params.region.empty()) return invalid("Missing Region");
    return service_endpoint{url_in_region(which, params), signing_region(which, params)};
}

} // namespace redrive::auth
