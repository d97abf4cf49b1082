#pragma once

#include <boost/asio/awaitable.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/fleet_core.hpp"
#include "fleet/patient_call.hpp"
#include "fleet/run_control.hpp"
#include "redrive/fleet_options.hpp"
#include "redrive/fleet_results.hpp"

namespace redrive::detail {

// Finds tasks: pages of ListQueues in every account and region at once, and one List per queue as
// the pages arrive. What cannot be looked at becomes a part of the report, never an end.
class search {
  public:
    using task_sink = std::function<void(const found_task&, cell&)>;

    search(std::shared_ptr<fleet_core> core,
           std::shared_ptr<run_control> run,
           find_options options,
           task_sink sink);

    // What is found is to be stopped, which takes more permissions than to find it.
    void feeds_a_stop() noexcept { policy_verb_ = "cancel"; }
    [[nodiscard]] asio::awaitable<find_report> perform();

  private:
    using listing = patient_result<list_tasks_result>;

    // One account and region while it is searched.
    struct place {
        std::size_t identity = 0;
        cell* where = nullptr;
        std::deque<queue_arn> queues; // listed, not read yet
        std::size_t readers = 0;
        bool stopped = false; // its credentials were refused: nothing more can be learnt here
        std::unique_ptr<net::wakeup> progress;
    };

    asio::awaitable<void> search_place(roster::place at);
    asio::awaitable<void> list_pages(place& here);
    asio::awaitable<void> read_queues(place& here);
    asio::awaitable<void> read_queue(place& here, const queue_arn& source, errand& work);
    asio::awaitable<void> read_target(target what);
    asio::awaitable<bool> read_target_as(std::size_t candidate, const target& what, bool is_last);
    // Hands over what it finds.
    asio::awaitable<listing> list_tasks(cell& where, const queue_arn& source, errand& work);

    void take_page(place& here, const std::vector<std::string>& urls);
    void start_readers(place& here);
    void take_tasks(cell& where, const list_tasks_result& listed);
    [[nodiscard]] bool wanted(const move_task& task) const;
    [[nodiscard]] bool wanted_queue(const std::string& name) const;

    void not_searched(std::size_t identity,
                      cell& where,
                      const std::string& queue,
                      error_code ec,
                      const diagnostics& info,
                      flow::patience::verdict patience);
    void not_searched(const roster::place& at, const setup_error& why);
    void not_served(const target& what, const std::string& refusal);
    void add_part(unsearched_part part);
    void forgive_regions_not_enabled();

    template <class Coroutine>
    void spawn(Coroutine work);
    void one_finished();

    std::shared_ptr<fleet_core> core_;
    std::shared_ptr<run_control> run_;
    find_options options_;
    task_sink sink_;
    find_report report_;
    std::vector<std::size_t> part_identities_;  // beside report_.unsearched
    std::set<std::size_t> without_credentials_; // identities that were told of
    std::string_view policy_verb_ = "list";     // whose policy its hints name
    std::size_t under_way_ = 0;
    net::wakeup all_done_;
};

} // namespace redrive::detail
