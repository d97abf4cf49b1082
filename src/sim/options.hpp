#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "sim/simulation.hpp"

namespace redrive::sim {

struct options {
    std::string listen = "127.0.0.1:0";
    std::string ready_file; // empty: none
    bool plain = false;
    std::string certificate_file, key_file; // both or none
    simulation_settings simulated;
};

// Fills `into`; the exit code when the program is over at once (--help: 0, usage: 2).
[[nodiscard]] std::optional<int> parse_options(
    int argc, const char* const* argv, options& into, std::ostream& out, std::ostream& err);

} // namespace redrive::sim
