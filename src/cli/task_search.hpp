#pragma once

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <optional>
#include <vector>

#include "cli/session.hpp"
#include "redrive/fleet_results.hpp"

namespace redrive::cli {

struct search_result {
    find_report report;
    std::optional<exit_code> failed; // it could not begin; somebody was told
};

// Searches as the options say: the whole fleet, or only what was given. An interrupt ends it, and
// so does a reader of stdout that goes away.
[[nodiscard]] boost::asio::awaitable<search_result> search_tasks(
    session& run,
    std::optional<std::vector<target>> only,
    std::function<void(const found_task&)> on_task);

} // namespace redrive::cli
