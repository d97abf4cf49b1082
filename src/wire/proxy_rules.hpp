#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "redrive/endpoint.hpp"
#include "wire/no_proxy.hpp"
#include "wire/proxy_address.hpp"

namespace redrive::wire {

// Which endpoint is reached through which proxy.
struct proxy_rules {
    struct choice {
        std::optional<proxy_address> proxy;
        std::string problem;     // why what is set cannot be used; never holds the URL itself
        std::string source = {}; // who chose it, such as HTTPS_PROXY
    };
    choice for_https;
    choice for_http;
    no_proxy_list exceptions;

    // Null: no proxy. `connect_host` is where the connection really goes, which may be another
    // place than the endpoint says.
    [[nodiscard]] const choice* choose(const endpoint& where, std::string_view connect_host) const;
};

} // namespace redrive::wire
