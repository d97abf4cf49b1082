#pragma once

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/fleet_core.hpp"
#include "redrive/examination.hpp"

namespace redrive::detail {

// Looks at one identity in one region, step by step as a call would go: each step needs those
// before it, and says in its finding what is wrong. Alive until perform() has ended.
class examiner {
  public:
    examiner(std::shared_ptr<fleet_core> core, roster::place at, examine_options how);

    [[nodiscard]] asio::awaitable<examination> perform();

  private:
    [[nodiscard]] const auth::identity& who() const;

    // Each false: there is no point in going on.
    [[nodiscard]] asio::awaitable<bool> load_credentials(client_setup& setup);
    [[nodiscard]] asio::awaitable<void> ask_identity(const client_setup& setup);
    [[nodiscard]] asio::awaitable<bool> open_connection(const client_setup& setup);
    [[nodiscard]] asio::awaitable<bool> list_queues(client& sqs);
    [[nodiscard]] asio::awaitable<void> list_tasks(client& sqs);
    [[nodiscard]] asio::awaitable<void> probe_pipelining(client_setup setup);

    void explain_settings();
    void look_at_settings(const client_setup& setup);
    void look_at_clock(const client& sqs);
    void name_what_cancel_needs();
    void look_at_permission(std::string_view what,
                            const std::string& text,
                            error_code ec,
                            const diagnostics& info);

    finding& add(std::string_view what,
                 finding::verdict is,
                 std::string text,
                 std::string fix = {});
    // How long the last step took goes into its finding.
    void begin_step() { step_began_ = core_->time()->now(); }
    void end_step();

    std::shared_ptr<fleet_core> core_;
    roster::place at_;
    examine_options how_;
    examination out_;
    time_source::steady_time step_began_{};
    credentials keys_;
    std::string arn_;         // of the caller, if it is known
    std::string first_queue_; // its ARN, if a queue is there
};

// Every place of the fleet, some at a time, in the fleet's order.
[[nodiscard]] asio::awaitable<std::vector<examination>> examine_all(
    std::shared_ptr<fleet_core> core, std::shared_ptr<run_control> run, examine_options how);

} // namespace redrive::detail
