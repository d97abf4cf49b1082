#include "auth/partitions.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace redrive::auth {
namespace {

using namespace std::string_view_literals;

// Regions and suffixes as botocore's partitions.json has them, read on 2026-11-22.
constexpr std::array aws_regions{
    "af-south-1"sv,     "ap-east-1"sv,      "ap-east-2"sv,      "ap-northeast-1"sv,
    "ap-northeast-2"sv, "ap-northeast-3"sv, "ap-south-1"sv,     "ap-south-2"sv,
    "ap-southeast-1"sv, "ap-southeast-2"sv, "ap-southeast-3"sv, "ap-southeast-4"sv,
    "ap-southeast-5"sv, "ap-southeast-6"sv, "ap-southeast-7"sv, "ca-central-1"sv,
    "ca-west-1"sv,      "eu-central-1"sv,   "eu-central-2"sv,   "eu-north-1"sv,
    "eu-south-1"sv,     "eu-south-2"sv,     "eu-west-1"sv,      "eu-west-2"sv,
    "eu-west-3"sv,      "il-central-1"sv,   "me-central-1"sv,   "me-south-1"sv,
    "mx-central-1"sv,   "sa-east-1"sv,      "us-east-1"sv,      "us-east-2"sv,
    "us-west-1"sv,      "us-west-2"sv,
};
constexpr std::array cn_regions{"cn-north-1"sv, "cn-northwest-1"sv};
constexpr std::array eusc_regions{"eusc-de-east-1"sv};
constexpr std::array iso_regions{"us-iso-east-1"sv, "us-iso-west-1"sv};
constexpr std::array iso_b_regions{"us-isob-east-1"sv, "us-isob-west-1"sv};
constexpr std::array iso_e_regions{"eu-isoe-west-1"sv};
constexpr std::array iso_f_regions{"us-isof-east-1"sv, "us-isof-south-1"sv};
constexpr std::array gov_regions{"us-gov-east-1"sv, "us-gov-west-1"sv};

constexpr std::array aws_prefixes{
    "us"sv, "eu"sv, "ap"sv, "sa"sv, "ca"sv, "me"sv, "af"sv, "il"sv, "mx"sv};
constexpr std::array cn_prefixes{"cn"sv};
constexpr std::array eusc_prefixes{"eusc-de"sv};
constexpr std::array iso_prefixes{"us-iso"sv};
constexpr std::array iso_b_prefixes{"us-isob"sv};
constexpr std::array iso_e_prefixes{"eu-isoe"sv};
constexpr std::array iso_f_prefixes{"us-isof"sv};
constexpr std::array gov_prefixes{"us-gov"sv};

// clang-format off
constexpr std::array<partition, 8> table{{
    {"aws", "amazonaws.com", "api.aws", "aws-global", "us-east-1", aws_regions, aws_prefixes},
    {"aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "aws-cn-global",
     "cn-northwest-1", cn_regions, cn_prefixes},
    {"aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "", "eusc-de-east-1", eusc_regions,
     eusc_prefixes},
    {"aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "aws-iso-global", "us-iso-east-1", iso_regions,
     iso_prefixes},
    {"aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "aws-iso-b-global", "us-isob-east-1",
     iso_b_regions, iso_b_prefixes},
    {"aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "aws-iso-e-global", "eu-isoe-west-1",
     iso_e_regions, iso_e_prefixes},
    {"aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "aws-iso-f-global", "us-isof-south-1",
     iso_f_regions, iso_f_prefixes},
    {"aws-us-gov", "amazonaws.com", "api.aws", "aws-us-gov-global", "us-gov-west-1", gov_regions,
     gov_prefixes},
}};
// clang-format on

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool is_word(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// The table's `^<prefix>\-\w+\-\d+$`. A word has no hyphen, so no prefix takes another's regions.
bool has_shape(std::string_view region, std::string_view prefix) noexcept {
    if (!region.starts_with(prefix)) return false;
    region.remove_prefix(prefix.size());
    if (!region.starts_with('-')) return false;
    region.remove_prefix(1);
    const auto hyphen = region.find('-');
    if (hyphen == 0 || hyphen == std::string_view::npos) return false;
    const auto word = region.substr(0, hyphen);
    const auto number = region.substr(hyphen + 1);
    return !number.empty() && std::all_of(word.begin(), word.end(), is_word) &&
           std::all_of(number.begin(), number.end(), is_digit);
}

bool lists(const partition& candidate, std::string_view region) noexcept {
    return std::find(candidate.regions.begin(), candidate.regions.end(), region) !=
               candidate.regions.end() ||
           (!region.empty() && region == candidate.global_region);
}

bool fits(const partition& candidate, std::string_view region) noexcept {
    return std::any_of(candidate.prefixes.begin(),
                       candidate.prefixes.end(),
                       [&](std::string_view prefix) { return has_shape(region, prefix); });
}

} // namespace

std::span<const partition> all_partitions() noexcept {
    return table;
}

const partition& partition_of_region(std::string_view region) noexcept {
    for (const auto& candidate : table)
        if (lists(candidate, region)) return candidate;
    for (const auto& candidate : table)
        if (fits(candidate, region)) return candidate;
    return table.front();
}

const partition* find_partition(std::string_view name) noexcept {
    const auto found = std::find_if(table.begin(), table.end(), [&](const partition& candidate) {
        return candidate.name == name;
    });
    return found == table.end() ? nullptr : &*found;
}

std::span<const std::string_view> regions_of(std::string_view partition_name) noexcept {
    const auto* found = find_partition(partition_name);
    return found == nullptr ? std::span<const std::string_view>{} : found->regions;
}

} // namespace redrive::auth
