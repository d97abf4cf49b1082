#include "wire/no_proxy.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/ascii.hpp"

namespace redrive::wire {
namespace {

constexpr std::size_t most_rules = 1000;

std::string_view without_brackets(std::string_view host) noexcept {
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']')
        return host.substr(1, host.size() - 2);
    return host;
}

std::optional<no_proxy_list::block> read_literal(std::string_view text) {
    const std::string host{without_brackets(text)};
    no_proxy_list::block out;
    if (::inet_pton(AF_INET, host.c_str(), out.bytes.data()) == 1) {
        out.bits = 32;
        return out;
    }
    out.is_v6 = true;
    out.bits = 128;
    if (::inet_pton(AF_INET6, host.c_str(), out.bytes.data()) == 1) return out;
    return std::nullopt;
}

template <class Number>
std::optional<Number> read_number(std::string_view text) {
    Number out{};
    const auto* const end = text.data() + text.size();
    const auto [stop, ec] = std::from_chars(text.data(), end, out);
    if (ec != std::errc{} || stop != end) return std::nullopt;
    return out;
}

bool holds(const no_proxy_list::block& block, const no_proxy_list::block& host) noexcept {
    if (block.is_v6 != host.is_v6) return false;
    for (unsigned bit = 0; bit < block.bits; ++bit) {
        const auto mask = 0x80u >> (bit % 8);
        if (((block.bytes[bit / 8] ^ host.bytes[bit / 8]) & mask) != 0) return false;
    }
    return true;
}

bool is_at_or_below(std::string_view host, std::string_view name) noexcept {
    if (!host.ends_with(name)) return false;
    host.remove_suffix(name.size());
    return host.empty() || host.back() == '.';
}

// Takes `:port` off a name or a bracketed literal; a bare IPv6 literal has none. Zero: no port.
std::optional<std::uint16_t> take_port(std::string_view& item) {
    const auto colon = item.rfind(':');
    if (colon == std::string_view::npos) return 0;
    const bool bracketed = colon != 0 && item[colon - 1] == ']';
    if (!bracketed && item.find(':') != colon) return 0;
    const auto port = read_number<std::uint16_t>(item.substr(colon + 1));
    if (!port || *port == 0) return std::nullopt;
    item = item.substr(0, colon);
    return port;
}

} // namespace

no_proxy_list::no_proxy_list(std::string_view text) {
    everything_ = trimmed(text) == "*";
    while (!everything_ && !text.empty() && rules_.size() < most_rules) {
        const auto comma = std::min(text.find(','), text.size());
        add(trimmed(text.substr(0, comma)));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
}

// An item that cannot be understood covers nothing.
void no_proxy_list::add(std::string_view item) {
    if (const auto slash = item.find('/'); slash != std::string_view::npos) {
        auto found = read_literal(item.substr(0, slash));
        const auto bits = read_number<unsigned>(item.substr(slash + 1));
        if (!found || !bits || *bits > found->bits) return;
        found->bits = *bits;
        rules_.push_back({*found, 0});
        return;
    }
    const auto port = take_port(item);
    if (!port) return;
    if (auto literal = read_literal(item)) {
        rules_.push_back({*literal, *port});
        return;
    }
    const auto name = trimmed(item, ".");
    if (!name.empty()) rules_.push_back({lower(name), *port});
}

bool no_proxy_list::covers(std::string_view host, std::uint16_t port) const {
    if (everything_) return true;
    const auto literal = read_literal(host);
    auto name = lower(host);
    if (name.ends_with('.')) name.pop_back();
    return std::any_of(rules_.begin(), rules_.end(), [&](const rule& each) {
        if (each.port != 0 && each.port != port) return false;
        if (const auto* addresses = std::get_if<block>(&each.where))
            return literal && holds(*addresses, *literal);
        return !literal && is_at_or_below(name, std::get<std::string>(each.where));
    });
}

bool is_never_proxied(std::string_view host) {
    static const no_proxy_list here{
        "localhost,127.0.0.0/8,::1,169.254.0.0/16,fe80::/10,fd00:ec2::/32"};
    return here.covers(host, 0);
}

} // namespace redrive::wire
