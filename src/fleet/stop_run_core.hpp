#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/awaitable.hpp>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fleet/fleet_core.hpp"
#include "fleet/run_control.hpp"
#include "fleet/stop_ledger.hpp"
#include "fleet/stop_task.hpp"
#include "redrive/fleet_options.hpp"
#include "redrive/fleet_results.hpp"

namespace redrive::detail {

// A stop of many targets: those that are under way, at most so many at once, and the books. Not
// thread-safe.
class stop_run_core : public std::enable_shared_from_this<stop_run_core> {
  public:
    using push_handler = asio::any_completion_handler<void(error_code)>;
    using finish_handler = asio::any_completion_handler<void(error_code, stop_report)>;

    stop_run_core(std::shared_ptr<fleet_core> core, stop_options options);

    [[nodiscard]] const std::shared_ptr<run_control>& control() const noexcept { return run_; }
    [[nodiscard]] fleet_core& core() noexcept { return *core_; }
    [[nodiscard]] const stop_options& options() const noexcept { return options_; }

    // Takes a target now, whether there is room or not.
    void add(target&& what);
    // Takes it if there is room, and nobody waits for room.
    [[nodiscard]] bool try_push(target& what);
    // Takes it when there is room.
    void push(target what, push_handler handler);
    void finish(finish_handler handler);
    void interrupt();

    [[nodiscard]] asio::awaitable<stop_report> finished();
    // The search that fed this run, for its report.
    void searched(find_report report) { report_.search = std::move(report); }

    // --- for its tasks
    // It has its outcome, and is gone afterwards.
    void settled(stop_task& one);

  private:
    [[nodiscard]] bool refused_at_once(const target& what, target_outcome& out);
    void begin(std::uint64_t number,
               const target_key& which,
               target&& what,
               target_outcome&& blank);
    void release();
    void count(const target_outcome& out);
    void count_messages(const target_outcome& out);
    [[nodiscard]] bool has_room() const noexcept;
    void let_in();
    void complete_push(push_handler handler, error_code ec);

    std::shared_ptr<fleet_core> core_;
    stop_options options_;
    std::shared_ptr<run_control> run_;
    time_source::steady_time began_;
    target_outcome::wall_time began_wall_;
    stop_ledger ledger_;
    std::uint64_t taken_ = 0;
    std::uint64_t worked_on_ = 0;                // distinct tasks, for the ceiling
    std::deque<std::optional<stop_task>> tasks_; // under way; the others are free
    std::vector<std::size_t> free_;              // of tasks_
    std::deque<std::pair<target, push_handler>> at_the_door_;
    bool letting_in_ = false;
    std::vector<stop_ledger::decided> leaving_;
    bool releasing_ = false;
    stop_report report_;
    net::wakeup idle_;
};

} // namespace redrive::detail
