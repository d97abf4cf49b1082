#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace redrive {

/// What is meant for one place goes to another, as with curl's `--connect-to`: requests, signatures
/// and certificates still name the first.
struct connect_to_rule {
    std::string host{};        ///< lower case, IPv6 without brackets; empty: any
    std::uint16_t port = 0;    ///< 0: any
    std::string to_host{};     ///< a name or an address; empty: the same host
    std::uint16_t to_port = 0; ///< 0: the same port
};

/// Parses `HOST:PORT:ADDR:PORT`; each part may be empty, IPv6 is in brackets. Nothing for anything
/// else.
[[nodiscard]] std::optional<connect_to_rule> parse_connect_to(std::string_view text);

} // namespace redrive
