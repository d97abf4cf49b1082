#pragma once

#include <optional>
#include <string>

#include "auth/config_lookup.hpp"
#include "auth/environment.hpp"
#include "auth/result.hpp"
#include "auth/shared_config.hpp"

namespace redrive::auth {

struct region_choice {
    sourced<std::string> region; // a valid host label, or empty: none is configured
    bool means_fips = false;     // it was written as `fips-us-east-1` or `us-east-1-fips`
};

// `given`, else AWS_REGION, AWS_DEFAULT_REGION, the profile's `region`, and that of the profiles
// which it names as its sources. `profile` may be null.
[[nodiscard]] result<region_choice> configured_region(
    const std::optional<sourced<std::string>>& given,
    const environment& env,
    const shared_config& config,
    const config_group* profile);

// Takes the word off `fips-us-east-1` and `us-east-1-fips`: names of old, from before there was a
// setting for FIPS. Whether there was one.
[[nodiscard]] bool take_fips(std::string& region);

} // namespace redrive::auth
