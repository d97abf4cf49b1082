#include "redrive/endpoint.hpp"

#include <algorithm>
#include <charconv>

namespace redrive {
namespace {

constexpr std::size_t longest_url = 1024;
constexpr std::size_t longest_host = 253;

bool is_host_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool is_ipv6_character(char c) noexcept {
    return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

bool is_path_character(char c) noexcept {
    return c > 0x20 && c < 0x7f && std::string_view{"?#\"<>\\^`{|}"}.find(c) == std::string_view::npos;
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

} // namespace

std::string endpoint::authority() const {
    std::string text = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (port != (tls ? 443 : 80)) text.append(":").append(std::to_string(port));
    return text;
}

std::string endpoint::url() const {
    std::string text = (tls ? "https://" : "http://") + authority() + path;
    text.pop_back();
    return text;
}

std::optional<endpoint> parse_endpoint(std::string_view url) {
    if (url.size() > longest_url) return std::nullopt;
    endpoint out;
    const auto colon = url.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    const auto scheme = lower(url.substr(0, colon));
    if (scheme != "https" && scheme != "http") return std::nullopt;
    out.tls = scheme == "https";
    out.port = out.tls ? 443 : 80;
    url.remove_prefix(colon + 3);

    const auto slash = url.find('/');
    auto authority = url.substr(0, slash);
    if (slash != std::string_view::npos) {
        const auto path = url.substr(slash);
        if (!std::all_of(path.begin(), path.end(), is_path_character)) return std::nullopt;
        out.path = path;
        if (out.path.back() != '/') out.path.push_back('/');
    }

    std::string_view port;
    if (authority.starts_with('[')) {
        const auto end = authority.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        out.host = lower(authority.substr(1, end - 1));
        if (out.host.find(':') == std::string::npos ||
            !std::all_of(out.host.begin(), out.host.end(), is_ipv6_character))
            return std::nullopt;
        authority.remove_prefix(end + 1);
        if (!authority.empty() && !authority.starts_with(':')) return std::nullopt;
        if (!authority.empty()) port = authority.substr(1);
        if (!authority.empty() && port.empty()) return std::nullopt;
    } else {
        const auto at = authority.find(':');
        out.host = lower(authority.substr(0, at));
        if (at != std::string_view::npos) {
            port = authority.substr(at + 1);
            if (port.empty()) return std::nullopt;
        }
        if (out.host.empty() || out.host.size() > longest_host || out.host.front() == '.' ||
            !std::all_of(out.host.begin(), out.host.end(), is_host_character))
            return std::nullopt;
    }
    if (!port.empty()) {
        const auto [end, ec] = std::from_chars(port.data(), port.data() + port.size(), out.port);
        if (ec != std::errc{} || end != port.data() + port.size() || out.port == 0)
            return std::nullopt;
    }
    return out;
}

} // namespace redrive
