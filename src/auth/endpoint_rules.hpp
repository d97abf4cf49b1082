#pragma once

#include <cstdint>
#include <string>

#include "auth/result.hpp"

namespace redrive::auth {

enum class service : std::uint8_t { sqs, sts, sso, sso_oidc, signin };

struct endpoint_params {
    std::string region; // empty: none
    bool use_fips = false;
    bool use_dualstack = false;
    std::string endpoint_override; // empty: none
    bool legacy_sts = false;       // regions of old share the global endpoint
};

struct service_endpoint {
    std::string url;            // without a trailing slash; an override as it was given
    std::string signing_region; // of the credential scope
};

// The endpoint rules of the service models. The texts of errors are the models' own.
[[nodiscard]] result<service_endpoint> resolve_endpoint(service which,
                                                        const endpoint_params& params);

} // namespace redrive::auth
