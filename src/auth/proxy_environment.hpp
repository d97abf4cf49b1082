#pragma once

#include <string>
#include <string_view>

#include "auth/config_lookup.hpp"
#include "auth/environment.hpp"
#include "wire/proxy_rules.hpp"

namespace redrive::auth {

// HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, also in lower case, which wins as for curl.
// HTTP_PROXY counts only in lower case while REQUEST_METHOD is set: a CGI program would take it
// from a request's `Proxy` header.
[[nodiscard]] wire::proxy_rules proxies_from(const environment& env);

// The value of NO_PROXY; empty: not set.
[[nodiscard]] sourced<std::string> no_proxy_from(const environment& env);

// The proxy that was given in code, for every endpoint that may have one; empty: none.
[[nodiscard]] wire::proxy_rules proxies_from(std::string_view given_url);

} // namespace redrive::auth
