#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace redrive {

/// Where requests go: scheme, host, port and base path of a service.
struct endpoint {
    bool tls = true;
    std::string host; ///< lower case; an IPv6 literal without brackets
    std::uint16_t port = 443;
    std::string path = "/"; ///< begins and ends with a slash

    /// What the `Host` header says: brackets around IPv6, the port only when it is not the
    /// scheme's.
    [[nodiscard]] std::string authority() const;
    /// `https://host[:port]/path` without the trailing slash.
    [[nodiscard]] std::string url() const;

    friend auto operator<=>(const endpoint&, const endpoint&) = default;
};

/// Parses `http(s)://host[:port][/base]`. Nothing for anything else: user information, a query, a
/// fragment, control characters, a bad port, a bad host.
[[nodiscard]] std::optional<endpoint> parse_endpoint(std::string_view url);

} // namespace redrive
