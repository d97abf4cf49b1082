#include "sim/regions.hpp"

namespace redrive::sim {
namespace {

constexpr std::string_view regions[] = {
    "us-east-1",      "us-west-2",      "eu-west-1",      "eu-central-1",   "ap-southeast-1",
    "ap-northeast-1", "us-east-2",      "us-west-1",      "eu-west-2",      "eu-west-3",
    "eu-north-1",     "ap-southeast-2", "ap-northeast-2", "ap-south-1",     "ca-central-1",
    "sa-east-1",      "ap-northeast-3", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
    "ap-southeast-6", "ap-southeast-7", "ap-east-1",      "ap-east-2",      "ap-south-2",
    "eu-central-2",   "eu-south-1",     "eu-south-2",     "me-south-1",     "me-central-1",
    "af-south-1",     "il-central-1",   "ca-west-1",      "mx-central-1",
};

} // namespace

std::span<const std::string_view> fleet_regions() noexcept {
    return regions;
}

std::string joined_fleet_regions() {
    std::string text;
    for (const auto region : regions) {
        if (!text.empty()) text += ", ";
        text += region;
    }
    return text;
}

} // namespace redrive::sim
