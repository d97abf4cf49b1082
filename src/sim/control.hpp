#pragma once

#include <string>
#include <string_view>

#include "sim/simulation.hpp"
#include "wire/http_parser.hpp"

namespace redrive::sim {

// The unsigned side door of tests: GET /_sim/state, POST /_sim/faults, POST /_sim/reset.
struct control_reply {
    unsigned status = 200;
    std::string body; // JSON
};

[[nodiscard]] bool is_control(std::string_view target) noexcept;
[[nodiscard]] control_reply answer_control(const wire::http_request& request,
                                           simulation& subject,
                                           wall_time now);

} // namespace redrive::sim
