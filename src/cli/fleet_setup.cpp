#include "cli/fleet_setup.hpp"

#include <utility>

#include "cli/account_list.hpp"

namespace redrive::cli {

fleet_config fleet_config_of(const options& given, std::shared_ptr<time_source> time) {
    fleet_config config;
    config.profiles = given.where.profiles;
    config.roles = roles_of(given.where);
    config.narrow_roles = given.where.narrow;
    config.regions = given.where.regions;
    config.endpoint_url = given.where.endpoint_url;
    config.ca_bundle = given.where.ca_bundle;
    config.transport.connect_to = given.where.connect_to;
    if (given.how.concurrency) config.transport.max_connections = *given.how.concurrency;
    config.transport.pipelining = given.how.pipelining;
    if (given.how.depth) config.transport.max_depth = *given.how.depth;
    config.rate = given.how.rate;
    config.time = std::move(time);
    return config;
}

find_options find_options_of(const options& given) {
    find_options what;
    what.match(given.what.match).exclude(given.what.exclude).history(given.what.history);
    if (given.what.min_remaining) what.min_remaining(*given.what.min_remaining);
    if (given.what.older_than) what.older_than(*given.what.older_than);
    if (given.how.deadline) what.deadline(*given.how.deadline);
    return what;
}

stop_options stop_options_of(const options& given) {
    stop_options how;
    if (given.verb == verb::verify)
        how.proven_by(stop_options::proof::verify_only);
    else if (given.how.no_verify)
        how.proven_by(stop_options::proof::order_only);
    if (given.how.deadline) how.deadline(*given.how.deadline);
    if (given.how.verify_timeout) how.verify_timeout(*given.how.verify_timeout);
    if (given.how.max_tasks) how.max_tasks(*given.how.max_tasks);
    how.ordered(given.output.ordered);
    return how;
}

} // namespace redrive::cli
