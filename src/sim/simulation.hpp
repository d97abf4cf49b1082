#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/call_ledger.hpp"
#include "sim/fault_rules.hpp"
#include "sim/fleet_plan.hpp"
#include "sim/role_rules.hpp"
#include "sim/service.hpp"
#include "sim/temporary_keys.hpp"
#include "sim/throttle.hpp"

namespace redrive::sim {

struct simulation_settings {
    pace tempo;
    std::uint64_t seed = 1;
    fleet_plan fleet; // by default one account without queues
    throttle limits;
    std::vector<fault_rule> faults;
    role_rules roles;
};

// The service with all that is done to it: what one run of the simulator consists of.
class simulation {
  public:
    simulation(simulation_settings settings, wall_time now);

    // As at the start: state, counters, limits and rules.
    void start_over(wall_time now);

    [[nodiscard]] service& state() noexcept { return *state_; }
    [[nodiscard]] const service& state() const noexcept { return *state_; }
    [[nodiscard]] const temporary_keys& role_keys() const noexcept { return role_keys_; }
    [[nodiscard]] const simulation_settings& settings() const noexcept { return settings_; }

    fault_rules faults;
    throttle limits;
    call_ledger ledger;

  private:
    simulation_settings settings_;
    temporary_keys role_keys_;
    std::unique_ptr<service> state_;
};

} // namespace redrive::sim
