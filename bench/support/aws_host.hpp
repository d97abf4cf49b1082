#pragma once

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <variant>

#include "auth/partitions.hpp"
#include "client/setup.hpp"
#include "redrive/config.hpp"
#include "redrive/endpoint.hpp"
#include "redrive/time_source.hpp"

namespace redrive::bench {

// Where a client with these settings sends its calls; throws when they do not say.
inline endpoint endpoint_of(const client_config& settings) {
    boost::asio::io_context nowhere;
    const auto resolved =
        detail::resolve_setup(settings, nowhere.get_executor(), real_time_source());
    if (const auto* error = std::get_if<detail::setup_error>(&resolved))
        throw std::runtime_error{error->ec.message() + ": " + error->message};
    return std::get<detail::client_setup>(resolved).target;
}

// Whether a host, in lower case, is one of AWS in any of its partitions.
inline bool is_aws_host(std::string_view host) {
    if (host.ends_with('.')) host.remove_suffix(1);
    const auto is_below = [host](std::string_view suffix) {
        if (!host.ends_with(suffix)) return false;
        return host.size() == suffix.size() || host[host.size() - suffix.size() - 1] == '.';
    };
    return std::ranges::any_of(auth::all_partitions(), [&](const auth::partition& one) {
        return is_below(one.dns_suffix) || is_below(one.dualstack_suffix);
    });
}

} // namespace redrive::bench
