#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/config_lookup.hpp"
#include "auth/endpoint_rules.hpp"
#include "auth/environment.hpp"
#include "auth/result.hpp"
#include "auth/shared_config.hpp"

namespace redrive::auth {

// The endpoint URL that the environment or the profile sets for a service, in the order of the AWS
// SDKs: AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's services section, the profile's
// endpoint_url. Nothing when none does. `profile` may be null.
[[nodiscard]] result<std::optional<sourced<std::string>>> configured_endpoint(
    service which,
    const environment& env,
    const shared_config& config,
    const config_group* profile);

// Refuses what is not `http(s)://host[:port][/base]`. The message leaves the value out: a URL may
// hold a password.
[[nodiscard]] std::optional<config_error> check_endpoint(const sourced<std::string>& url);

} // namespace redrive::auth
