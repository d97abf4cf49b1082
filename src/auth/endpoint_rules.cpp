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

std::string_view host_prefix(service which) noexcept {
    return which == service::sqs ? "sqs" : "sts";
}

std::string url_of(service which, bool fips, std::string_view region, std::string_view suffix) {
    std::string url{"https://"};
    url.append(host_prefix(which)).append(fips ? "-fips." : ".");
    return url.append(region).append(".").append(suffix);
}

std::string url_in_region(service which, const endpoint_params& params) {
    const auto& home = partition_of_region(params.region);
    if (params.use_dualstack)
        return url_of(which, params.use_fips, params.region, home.dualstack_suffix);
    // GovCloud's regular hosts are the FIPS ones.
    if (params.use_fips && home.name == "aws-us-gov")
        return url_of(which, false, params.region, home.dns_suffix);
    if (params.use_fips) return url_of(which, true, params.region, home.dns_suffix);
    if (which == service::sts && params.region == global_region) return "https://sts.amazonaws.com";
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
