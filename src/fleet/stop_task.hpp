#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fleet/cell.hpp"
#include "fleet/fleet_core.hpp"
#include "fleet/known_targets.hpp"
#include "fleet/run_control.hpp"
#include "flow/stop_verdict.hpp"
#include "redrive/fleet_options.hpp"
#include "redrive/fleet_results.hpp"
#include "redrive/results.hpp"

namespace redrive::detail {

class stop_run_core;

// Nothing can be sent for a target: the configuration is at fault.
void refuse_for(const setup_error& why, target_outcome& out);

// One target of a run from its start to its outcome, through the identities that may reach it:
// carries flow::stop_verdict's steps to the service and back. No coroutine, so that a target costs
// one object. Owned by its stop_run_core, on whose executor everything happens.
class stop_task final : private admission_request, private run_member {
  public:
    // `which` is what the run's books know it by.
    stop_task(stop_run_core& owner,
              std::uint64_t number,
              const target_key& which,
              target&& what,
              target_outcome&& blank);

    // Once. The owner is told settled() at the end, perhaps inside this.
    void start();

    [[nodiscard]] std::uint64_t number() const noexcept { return number_; }
    [[nodiscard]] const target_key& key() const noexcept { return key_; }
    [[nodiscard]] target_outcome& outcome_so_far() noexcept { return out_; }

  private:
    friend class stop_run_core;

    // What it waits for; each brings exactly one event.
    enum class state : std::uint8_t {
        idle,
        learning, // whose queue a name is
        asking,   // for admission
        calling,
        pausing,
        resuming, // its turn
    };

    void try_next_candidate();
    void begin_at(cell& where);
    void ended_at_candidate();

    [[nodiscard]] asio::awaitable<void> learn_owner(std::shared_ptr<stop_run_core> alive);
    void source_is(const queue_arn& source);

    void advance();
    void resume_soon();
    void pause();
    void ask(flow::call_purpose why, double rank);
    void order();
    void cannot_order();
    void ordered(const error_code& ec, cancel_result& result);
    void read();
    void was_read(const error_code& ec, list_tasks_result& result);
    template <class Result>
    [[nodiscard]] auto then(void (stop_task::*next)(const error_code&, Result&));

    void after_call(flow::call_purpose why, const error_code& ec, const diagnostics& info);
    void rank_by(const std::vector<move_task>& tasks);
    void not_admitted(flow::call_purpose why);
    void forget_trouble();
    void give_up(outcome why);
    void fill();

    void admitted(bool granted) override;
    void run_ends() override;
    void abort_call() override;

    stop_run_core& owner_;
    fleet_core& core_;
    run_control& run_;
    time_source& time_;
    const std::uint64_t number_;
    const target_key key_;
    const target what_;
    std::vector<std::size_t> candidates_;
    std::size_t tried_ = 0;                       // of the candidates
    std::unique_ptr<const target_outcome> blank_; // while another candidate may follow
    target_outcome out_;

    // --- at one candidate
    cell* where_ = nullptr;
    std::optional<flow::stop_verdict> course_;
    double rank_ = 0;
    time_source::steady_time began_;
    // The last call's failure: why it ends so if the run ends now.
    outcome trouble_ = outcome::unknown;
    error_code trouble_ec_;
    diagnostics trouble_info_;

    state state_ = state::idle;
    flow::call_purpose asks_for_ = flow::call_purpose::order;
    std::unique_ptr<time_source::timer> timer_;
    asio::cancellation_signal call_;
    std::size_t slot_ = 0; // among the tasks of its owner
};

} // namespace redrive::detail
