#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "redrive/errors.hpp"
#include "wire/proxy_address.hpp"

namespace redrive::wire {

// `host:port`, with brackets around IPv6: what CONNECT asks for.
[[nodiscard]] std::string connect_authority(std::string_view host, std::uint16_t port);

// A whole CONNECT request (RFC 9110 section 9.3.6), with the proxy's authorization if it has one.
[[nodiscard]] std::string connect_request(const proxy_address& proxy, std::string_view authority);

// What an answer other than 2xx means.
struct connect_refusal {
    client_errc ec; // proxy_refused: asking again is in vain; proxy_failed
    std::string detail;
};
[[nodiscard]] connect_refusal explain_refusal(const proxy_address& proxy,
                                              std::string_view authority,
                                              unsigned status,
                                              std::string_view reason);

} // namespace redrive::wire
