#pragma once

#include <boost/asio/awaitable.hpp>

#include <memory>

#include "fleet/cell.hpp"
#include "fleet/fleet_core.hpp"
#include "fleet/run_control.hpp"
#include "flow/stop_verdict.hpp"
#include "redrive/fleet_options.hpp"
#include "redrive/fleet_results.hpp"

namespace redrive::detail {

// Stops one target through one cell: carries flow::stop_verdict's steps to the service and back.
class stop_task {
  public:
    stop_task(fleet_core& core,
              cell& where,
              errand& work,
              const target& what,
              const stop_options& options,
              target_outcome& out);

    // Fills the outcome. Does not fail.
    [[nodiscard]] asio::awaitable<void> perform();

    [[nodiscard]] bool was_accepted() const noexcept { return course_.result().was_accepted; }

  private:
    [[nodiscard]] asio::awaitable<bool> learn_source();
    [[nodiscard]] asio::awaitable<void> order();
    [[nodiscard]] asio::awaitable<void> read();
    void after_call(flow::call_purpose why, const error_code& ec, const diagnostics& info);
    void rank_by(const std::vector<move_task>& tasks);
    void not_admitted(flow::call_purpose why);
    void forget_trouble();
    void give_up(outcome why);
    void fill();

    fleet_core& core_;
    cell& where_;
    errand& work_;
    const target& what_;
    target_outcome& out_;
    time_source& time_;
    flow::stop_verdict course_;
    std::string source_arn_;
    double rank_;
    time_source::steady_time began_;
    // The last call's failure: why it ends so if the run ends now.
    outcome trouble_ = outcome::unknown;
    error_code trouble_ec_;
    diagnostics trouble_info_;
};

} // namespace redrive::detail
