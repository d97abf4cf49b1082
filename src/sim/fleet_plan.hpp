#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/service.hpp"

namespace redrive::sim {

// What --fleet asks for: totals over the whole fleet, spread evenly over accounts and regions.
struct fleet_plan {
    std::size_t accounts = 1;
    std::size_t suspended = 0; // accounts behind those, closed and without queues
    std::size_t regions = 1;
    std::size_t queues = 0;         // every queue that ListQueues shows
    std::size_t running = 0;        // of these, dead-letter queues whose redrive runs
    std::int64_t backlog = 100'000; // mean messages of a running one
    std::int64_t rate = 500;        // mean messages per second, each at most 500
    bool spread = true; // log-uniform between a quarter and 2.5 times the means, else the means
};

// Reads `accounts=20,regions=5,...`; throws std::invalid_argument with a text for the user.
[[nodiscard]] fleet_plan parse_fleet(std::string_view text);

// Accounts from 100000000001 on.
[[nodiscard]] std::string fleet_account(std::size_t index);

// Everything starts at `now`: the redrives with the whole backlog before them.
void populate(service& target, const fleet_plan& plan, wall_time now);

} // namespace redrive::sim
