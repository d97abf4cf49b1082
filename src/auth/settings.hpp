#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/config_lookup.hpp"
#include "auth/endpoint_rules.hpp"
#include "auth/environment.hpp"
#include "auth/result.hpp"
#include "auth/shared_config.hpp"
#include "flow/retry.hpp"

namespace redrive::auth {

enum class retry_mode : std::uint8_t { standard, adaptive };
[[nodiscard]] std::string_view to_string(retry_mode value) noexcept;

enum class sts_endpoints : std::uint8_t {
    regional, // each region's own
    legacy,   // regions of old share one
};
[[nodiscard]] std::string_view to_string(sts_endpoints value) noexcept;

enum class metadata_mode : std::uint8_t { ipv4, ipv6 };
[[nodiscard]] std::string_view to_string(metadata_mode value) noexcept;

// What the caller set itself; each wins over everything else. The source is what messages call it.
struct setting_overrides {
    std::optional<sourced<std::string>> region;
    std::optional<sourced<std::string>> sqs_endpoint_url;
    std::optional<sourced<std::string>> sts_endpoint_url;
    std::optional<sourced<std::string>> ca_bundle;
    std::optional<sourced<bool>> use_fips;
    std::optional<sourced<bool>> use_dualstack;
    std::optional<sourced<std::uint32_t>> max_attempts;
    std::optional<sourced<retry_mode>> mode;
};

// Everything that one client needs to know, apart from credentials.
struct settings {
    sourced<std::string> region;           // a valid host label, or empty: none is configured
    sourced<std::string> sqs_endpoint_url; // an override, or empty: the endpoint rules decide
    sourced<std::string> sts_endpoint_url;
    sourced<std::string> sso_endpoint_url;
    sourced<std::string> sso_oidc_endpoint_url;
    sourced<std::string> signin_endpoint_url;
    sourced<bool> ignore_configured_endpoint_urls{false, "default"};
    sourced<std::string> ca_bundle; // a path, or empty: the system's
    sourced<bool> use_fips{false, "default"};
    sourced<bool> use_dualstack{false, "default"};
    sourced<std::uint32_t> max_attempts{3, "default"};
    sourced<retry_mode> mode{retry_mode::standard, "default"};
    sourced<flow::retry_version> retry_version{flow::retry_version::v2_1, "default"};
    sourced<bool> disable_clock_skew_correction{false, "default"};
    sourced<std::string> sdk_ua_app_id;
    sourced<sts_endpoints> sts_regional_endpoints{sts_endpoints::regional, "default"};
    sourced<bool> ec2_metadata_disabled{false, "default"};
    sourced<metadata_mode> ec2_metadata_service_endpoint_mode{metadata_mode::ipv4, "default"};
    sourced<std::string> ec2_metadata_service_endpoint; // the mode's when none is configured
    sourced<std::string> ec2_instance_profile_name;     // empty: the service is asked for it
    sourced<std::string> profile;                       // the selected one, or empty: nobody chose
    std::vector<std::string> warnings;                  // values that were ignored, and why

    [[nodiscard]] flow::retry_config retry() const noexcept {
        return {retry_version.value, max_attempts.value};
    }
    [[nodiscard]] const sourced<std::string>& endpoint_url(service which) const noexcept;
    // The endpoint of a service in a region, which need not be the configured one.
    [[nodiscard]] result<service_endpoint> endpoint_in(service which,
                                                       std::string_view in_region) const;
};

// The settings that go with `given`, which must be a profile that exists, or else with the profile
// that the environment selects; that one need not exist, and is missed by a warning only.
[[nodiscard]] result<settings> resolve_selected_settings(
    const setting_overrides& overrides,
    const environment& env,
    const shared_config& config,
    const std::optional<sourced<std::string>>& given);

// Each value: override > environment > profile > default. `profile` may be null: no profile.
[[nodiscard]] result<settings> resolve_settings(const setting_overrides& overrides,
                                                const environment& env,
                                                const shared_config& config,
                                                const config_group* profile);

} // namespace redrive::auth
