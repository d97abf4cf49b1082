#include "sim/simulation.hpp"

#include <utility>

namespace redrive::sim {

simulation::simulation(simulation_settings settings, wall_time now)
    : faults{settings.seed}, settings_{std::move(settings)}, role_keys_{settings_.seed} {
    start_over(now);
}

void simulation::start_over(wall_time now) {
    state_ = std::make_unique<service>(settings_.tempo, settings_.seed);
    populate(*state_, settings_.fleet, now);
    faults.replace(settings_.faults);
    limits = settings_.limits;
    ledger.reset();
}

} // namespace redrive::sim
