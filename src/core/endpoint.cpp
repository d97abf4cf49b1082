#include "redrive/endpoint.hpp"

#include <algorithm>
#include <charconv>

#include "core/ascii.hpp"

namespace redrive {
namespace {

constexpr std::size_t longest_url = 1024;
constexpr std::size_t longest_host = 253;
constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_ipv6 = 45; // with an IPv4 tail

bool is_host_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool is_ipv6_character(char c) noexcept {
    return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

// Labels of 1 to 63 characters between single dots; one dot may end the name.
bool is_host_name(std::string_view host) noexcept {
    if (host.empty() || host.size() > longest_host) return false;
    if (!std::all_of(host.begin(), host.end(), is_host_character)) return false;
    if (host.size() > 1 && host.ends_with('.')) host.remove_suffix(1);
    while (true) {
        const auto dot = host.find('.');
        const auto label = host.substr(0, dot);
        if (label.empty() || label.size() > longest_label) return false;
        if (dot == std::string_view::npos) return true;
        host.remove_prefix(dot + 1);
    }
}

bool is_ipv6_literal(std::string_view host) noexcept {
    return std::count(host.begin(), host.end(), ':') >= 2 && host.size() <= longest_ipv6 &&
           std::all_of(host.begin(), host.end(), is_ipv6_character);
}

bool is_path_character(char c) noexcept {
    return c > 0x20 && c < 0x7f &&
           std::string_view{"?#\"<>\\^`{|}"}.find(c) == std::string_view::npos;
}

// `rest` is what follows the host: nothing, or a colon and a port.
bool read_port(std::string_view rest, endpoint& out) {
    if (rest.empty()) return true;
    const char* const begin = rest.data() + 1;
    const char* const end = rest.data() + rest.size();
    const auto [stop, ec] = std::from_chars(begin, end, out.port);
    return rest.front() == ':' && ec == std::errc{} && stop == end && out.port != 0;
}

bool read_authority(std::string_view authority, endpoint& out) {
    if (authority.starts_with('[')) {
        const auto end = authority.find(']');
        if (end == std::string_view::npos) return false;
        out.host = lower(authority.substr(1, end - 1));
        return is_ipv6_literal(out.host) && read_port(authority.substr(end + 1), out);
    }
    const auto end = std::min(authority.find(':'), authority.size());
    out.host = lower(authority.substr(0, end));
    return is_host_name(out.host) && read_port(authority.substr(end), out);
}

bool read_path(std::string_view path, endpoint& out) {
    if (!std::all_of(path.begin(), path.end(), is_path_character)) return false;
    // Any number of slashes at the end is one, so that url() loses nothing.
    path = path.substr(0, path.find_last_not_of('/') + 1);
    out.path.assign(path).push_back('/');
    return true;
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
    const auto colon = url.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    const auto scheme = lower(url.substr(0, colon));
    if (scheme != "https" && scheme != "http") return std::nullopt;
    endpoint out;
    out.tls = scheme == "https";
    out.port = out.tls ? 443 : 80;
    url.remove_prefix(colon + 3);
    const auto slash = url.find('/');
    if (!read_authority(url.substr(0, slash), out)) return std::nullopt;
    if (slash != std::string_view::npos && !read_path(url.substr(slash), out)) return std::nullopt;
    return out;
}

} // namespace redrive
