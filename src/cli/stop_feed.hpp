#pragma once

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <vector>

#include "cli/outcome_sink.hpp"
#include "cli/session.hpp"
#include "redrive/fleet_results.hpp"
#include "redrive/target.hpp"

namespace redrive::cli {

struct stop_result {
    stop_report report;
    std::optional<exit_code> failed; // it could not begin; somebody was told
};

// Stops, or verifies, the targets of the command line as they are read.
[[nodiscard]] boost::asio::awaitable<stop_result> stop_given(session& run,
                                                             outcome_sink& sink,
                                                             activity what);

// Stops these, in this order.
[[nodiscard]] boost::asio::awaitable<stop_result> stop_these(session& run,
                                                             outcome_sink& sink,
                                                             std::vector<target> targets);

// Searches and stops at once.
[[nodiscard]] boost::asio::awaitable<stop_result> stop_all(session& run, outcome_sink& sink);

} // namespace redrive::cli
