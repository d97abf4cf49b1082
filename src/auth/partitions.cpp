#include "auth/partitions.hpp"

#include <algorithm>
#include <array>

namespace redrive::auth {
namespace {

using text = std::string_view;

// Regions and suffixes as botocore's partitions.json has them, read on 2026-11-22.
constexpr std::array aws_regions{
    text{"af-south-1"},     text{"ap-east-1"},      text{"ap-east-2"},      text{"ap-northeast-1"},
    text{"ap-northeast-2"}, text{"ap-northeast-3"}, text{"ap-south-1"},     text{"ap-south-2"},
    text{"ap-southeast-1"}, text{"ap-southeast-2"}, text{"ap-southeast-3"}, text{"ap-southeast-4"},
    text{"ap-southeast-5"}, text{"ap-southeast-6"}, text{"ap-southeast-7"}, text{"ca-central-1"},
    text{"ca-west-1"},      text{"eu-central-1"},   text{"eu-central-2"},   text{"eu-north-1"},
    text{"eu-south-1"},     text{"eu-south-2"},     text{"eu-west-1"},      text{"eu-west-2"},
    text{"eu-west-3"},      text{"il-central-1"},   text{"me-central-1"},   text{"me-south-1"},
    text{"mx-central-1"},   text{"sa-east-1"},      text{"us-east-1"},      text{"us-east-2"},
    text{"us-west-1"},      text{"us-west-2"},
};
constexpr std::array cn_regions{text{"cn-north-1"}, text{"cn-northwest-1"}};
constexpr std::array eusc_regions{text{"eusc-de-east-1"}};
constexpr std::array iso_regions{text{"us-iso-east-1"}, text{"us-iso-west-1"}};
constexpr std::array iso_b_regions{text{"us-isob-east-1"}, text{"us-isob-west-1"}};
constexpr std::array iso_e_regions{text{"eu-isoe-west-1"}};
constexpr std::array iso_f_regions{text{"us-isof-east-1"}, text{"us-isof-south-1"}};
constexpr std::array gov_regions{text{"us-gov-east-1"}, text{"us-gov-west-1"}};

constexpr std::array aws_prefixes{text{"us"},
                                  text{"eu"},
                                  text{"ap"},
                                  text{"sa"},
                                  text{"ca"},
                                  text{"me"},
                                  text{"af"},
                                  text{"il"},
                                  text{"mx"}};
constexpr std::array cn_prefixes{text{"cn"}};
constexpr std::array eusc_prefixes{text{"eusc-de"}};
constexpr std::array iso_prefixes{text{"us-iso"}};
constexpr std::array iso_b_prefixes{text{"us-isob"}};
constexpr std::array iso_e_prefixes{text{"eu-isoe"}};
constexpr std::array iso_f_prefixes{text{"us-isof"}};
constexpr std::array gov_prefixes{text{"us-gov"}};

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
