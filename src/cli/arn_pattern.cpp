#include "cli/arn_pattern.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "core/ascii.hpp"

namespace redrive::cli {
namespace {

constexpr std::size_t longest_pattern = 1024;

using arn_parts = std::array<std::string_view, 6>; // arn, partition, service, region, account, rest

std::optional<arn_parts> split_arn(std::string_view text) noexcept {
    arn_parts parts;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        const auto colon = text.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        parts[i] = text.substr(0, colon);
        text.remove_prefix(colon + 1);
    }
    parts.back() = text;
    return parts;
}

bool is_made_of(std::string_view text, std::string_view others) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return is_alphanumeric(c) || others.find(c) != std::string_view::npos;
    });
}

} // namespace

bool is_arn_pattern(std::string_view text,
                    std::string_view service,
                    std::string_view prefix) noexcept {
    if (text.size() > longest_pattern) return false;
    const auto parts = split_arn(text);
    if (!parts || (*parts)[0] != "arn" || (*parts)[2] != service) return false;
    const auto& [arn, partition, of, region, account, rest] = *parts;
    const bool place = service == "iam" ? region.empty() : is_made_of(region, "-*?");
    return place && is_made_of(partition, "-*?") && is_made_of(account, "*?") &&
           rest.starts_with(prefix) && is_made_of(rest.substr(prefix.size()), "_-.+=,@/*?");
}

} // namespace redrive::cli
