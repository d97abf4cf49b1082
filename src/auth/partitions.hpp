#pragma once

#include <span>
#include <string_view>

namespace redrive::auth {

// A partition of AWS: regions that share accounts, credentials and host-name suffixes.
struct partition {
    std::string_view name;             // as in ARNs: aws, aws-cn, ...
    std::string_view dns_suffix;       // amazonaws.com
    std::string_view dualstack_suffix; // api.aws
    std::string_view global_region;    // the pseudo-region, such as aws-global; may be empty
    std::string_view implicit_region;  // where global services are signed
    std::span<const std::string_view> regions;
    std::span<const std::string_view> prefixes; // of regions that are not listed: `us`, `us-gov`
};

[[nodiscard]] std::span<const partition> all_partitions() noexcept;

// By exact region, then by the shape of its name; `aws` for what fits nowhere.
[[nodiscard]] const partition& partition_of_region(std::string_view region) noexcept;

// Null for a name that is not known.
[[nodiscard]] const partition* find_partition(std::string_view name) noexcept;

// The regions of a partition, without pseudo-regions; none when it is not known.
[[nodiscard]] std::span<const std::string_view> regions_of(
    std::string_view partition_name) noexcept;

} // namespace redrive::auth
