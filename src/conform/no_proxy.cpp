#include <cstdint>
#include <limits>

#include "conform/input.hpp"
#include "conform/verb.hpp"
#include "wire/proxy_rules.hpp"

namespace redrive::conform {
namespace {

std::uint16_t read_port(wire::json_value input) {
    const auto port = integer(input, "port").value_or(443);
    if (port < 1 || port > std::numeric_limits<std::uint16_t>::max())
        throw refused{"port is not a port"};
    return static_cast<std::uint16_t>(port);
}

} // namespace

answer no_proxy(wire::json_value input, wire::json_writer& output) {
    const std::string host{required_text(input, "host")};
    wire::proxy_rules rules;
    rules.for_https.proxy = wire::proxy_address{.host = "proxy.example", .port = 3128};
    rules.exceptions = wire::no_proxy_list{required_text(input, "no_proxy")};
    redrive::endpoint where;
    where.tls = true;
    where.host = host;
    where.port = read_port(input);

    output.begin_object();
    output.key("bypass");
    output.boolean(rules.choose(where, host) == nullptr);
    output.end_object();
    return answer::given;
}

} // namespace redrive::conform
