#include "wire/proxy_rules.hpp"

namespace redrive::wire {

const proxy_rules::choice* proxy_rules::choose(const endpoint& where,
                                               std::string_view connect_host) const {
    const auto& fitting = where.tls ? for_https : for_http;
    if (!fitting.proxy && fitting.problem.empty()) return nullptr;
    if (is_never_proxied(connect_host) || exceptions.covers(where.host, where.port)) return nullptr;
    return &fitting;
}

} // namespace redrive::wire
