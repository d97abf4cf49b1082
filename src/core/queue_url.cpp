#include "redrive/queue_url.hpp"

#include <algorithm>

#include "redrive/queue_arn.hpp"

namespace redrive {
namespace {

constexpr std::size_t longest_url = 1024;

// Hosts of AWS: sqs.<region>.<suffix>, sqs-fips.<region>.<suffix>, and the legacy
// <region>.queue.amazonaws.com, without a region in us-east-1. An emulator's host says nothing
// about a region.
std::optional<std::string> region_of_host(std::string_view host) {
    const bool aws = host.find(".amazonaws.") != std::string_view::npos ||
                     host.ends_with(".api.aws") || host.ends_with(".c2s.ic.gov") ||
                     host.ends_with(".sc2s.sgov.gov") || host.ends_with(".cloud.adc-e.uk") ||
                     host.ends_with(".csp.hci.ic.gov") ||
                     host.find(".api.") != std::string_view::npos;
    if (!aws) return std::nullopt;
    if (host == "queue.amazonaws.com") return "us-east-1";
    const auto first = host.substr(0, host.find('.'));
    auto rest = host.substr(first.size() + 1);
    const auto second = rest.substr(0, rest.find('.'));
    if (first == "sqs" || first == "sqs-fips") {
        if (is_region_name(second)) return std::string{second};
    } else if (second == "queue" && is_region_name(first)) {
        return std::string{first};
    }
    return std::nullopt;
}

// Printable, and none of the marks of a query, a fragment or user information.
bool is_url_character(char c) noexcept {
    return c > 0x20 && c < 0x7f &&
           std::string_view{"?#@\"<>\\^`{|}"}.find(c) == std::string_view::npos;
}

} // namespace

std::optional<queue_url> parse_queue_url(std::string_view text) {
    if (text.size() > longest_url || !std::all_of(text.begin(), text.end(), is_url_character))
        return std::nullopt;
    auto rest = text;
    if (rest.starts_with("https://")) {
        rest.remove_prefix(8);
    } else if (rest.starts_with("http://")) {
        rest.remove_prefix(7);
    } else {
        return std::nullopt;
    }
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos || slash == 0) return std::nullopt;
    auto host = rest.substr(0, slash);
    auto path = rest.substr(slash + 1);
    if (path.ends_with('/')) path.remove_suffix(1);
    const auto last = path.rfind('/');
    if (last == std::string_view::npos) return std::nullopt;
    const auto name = path.substr(last + 1);
    auto before = path.substr(0, last);
    if (const auto inner = before.rfind('/'); inner != std::string_view::npos)
        before.remove_prefix(inner + 1);
    if (!is_account_id(before) || !is_queue_name(name)) return std::nullopt;
    if (const auto port = host.rfind(':'); port != std::string_view::npos)
        host = host.substr(0, port);
    return queue_url{
        std::string{text}, std::string{before}, std::string{name}, region_of_host(host)};
}

} // namespace redrive
