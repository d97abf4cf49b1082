#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "redrive/credentials.hpp"

namespace redrive::wire {

// Where an HTTP proxy listens, and how it is spoken to.
struct proxy_address {
    bool tls = false; // to the proxy itself
    std::string host; // lower case; an IPv6 literal without brackets
    std::uint16_t port = 80;
    secret_text authorization = {}; // the value of Proxy-Authorization, or empty

    // `http://host:port`, without the user information: for messages.
    [[nodiscard]] std::string name() const;
};

// `[http[s]://][user[:password]@]host[:port][/]`; user and password are percent-decoded. Nothing
// for anything else: another scheme, a path, a bad escape, a user name with a colon.
[[nodiscard]] std::optional<proxy_address> parse_proxy_url(std::string_view url);

} // namespace redrive::wire
