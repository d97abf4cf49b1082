#include "redrive/queue_arn.hpp"

#include <algorithm>
#include <array>

namespace redrive {
namespace {

constexpr std::size_t longest_arn = 512;
constexpr std::size_t longest_queue_name = 80;
constexpr std::size_t longest_host_label = 63;
constexpr std::string_view fifo_suffix = ".fifo";

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_partition(std::string_view text) noexcept {
    return text.starts_with("aws") && text.size() <= longest_host_label &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-';
           });
}

} // namespace

bool is_queue_name(std::string_view text) noexcept {
    if (text.empty() || text.size() > longest_queue_name) return false;
    if (text.ends_with(fifo_suffix)) text.remove_suffix(fifo_suffix.size());
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || is_letter(c) || c == '-' || c == '_';
    });
}

bool is_account_id(std::string_view text) noexcept {
    return text.size() == 12 && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_region_name(std::string_view text) noexcept {
    if (text.empty() || text.size() > longest_host_label) return false;
    if (text.front() == '-' || text.back() == '-') return false;
    if (std::all_of(text.begin(), text.end(), is_digit)) return false;
    return std::all_of(
        text.begin(), text.end(), [](char c) { return is_digit(c) || is_letter(c) || c == '-'; });
}

std::optional<queue_arn> parse_queue_arn(std::string_view text) {
    if (text.size() > longest_arn) return std::nullopt;
    std::array<std::string_view, 6> part;
    for (std::size_t i = 0; i + 1 < part.size(); ++i) {
        const auto colon = text.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        part[i] = text.substr(0, colon);
        text.remove_prefix(colon + 1);
    }
    part.back() = text;
    if (part[0] != "arn" || part[2] != "sqs" || !is_partition(part[1]) ||
        !is_region_name(part[3]) || !is_account_id(part[4]) || !is_queue_name(part[5])) {
        return std::nullopt;
    }
    return queue_arn{
        std::string{part[1]}, std::string{part[3]}, std::string{part[4]}, std::string{part[5]}};
}

std::string to_string(const queue_arn& arn) {
    std::string text;
    text.reserve(24 + arn.partition.size() + arn.region.size() + arn.account.size() +
                 arn.name.size());
    text.append("arn:").append(arn.partition).append(":sqs:").append(arn.region);
    text.append(":").append(arn.account).append(":").append(arn.name);
    return text;
}

} // namespace redrive
