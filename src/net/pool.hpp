#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "flow/call_queue.hpp"
#include "flow/depth.hpp"
#include "flow/idle_rule.hpp"
#include "flow/loss_rule.hpp"
#include "flow/pool_plan.hpp"
#include "net/connection.hpp"
#include "net/exchange_service.hpp"
#include "net/pool_watcher.hpp"
#include "redrive/endpoint_metrics.hpp"

namespace redrive::net {

struct pool_limits {
    std::size_t max_connections = 4;
    std::size_t max_waiting = 100'000; // calls; more are refused with queue_full
    flow::depth::mode pipelining = flow::depth::mode::learnt;
    std::size_t max_depth = 16;
    connection_limits connection;
    flow::idle_rule::limits idle;
    stream_timeouts timeouts;
};

// The connections to one endpoint, shared by every account that is served there.
// Not thread-safe; everything happens on its executor. Destroying it closes every connection and
// tells no call: its owner completes them.
class pool final : public exchange_service {
  public:
    pool(asio::any_io_executor ex,
         std::shared_ptr<time_source> time,
         stream_target target,
         pool_limits limits);
    ~pool() override;
    pool(const pool&) = delete;
    pool& operator=(const pool&) = delete;

    [[nodiscard]] bool submit(exchange& call) override;
    call_phase withdraw(exchange& call) override;

    [[nodiscard]] endpoint_metrics stats() const;
    [[nodiscard]] const stream_target& target() const noexcept { return target_; }
    // Opens connections until so many are open, and replaces those that end until then.
    void keep(std::size_t connections, time_source::steady_time until);
    void watch(pool_watcher& who);
    void unwatch(pool_watcher& who);
    [[nodiscard]] std::size_t bounded(std::size_t connections) const noexcept;
    // More accounts share the pool: let it grow.
    void allow_connections(std::size_t at_least);

  private:
    friend class connection;

    struct ended_connection {
        std::vector<flow::pipeline::lost_call> calls;
        exchange_loss why;
        std::size_t in_flight = 0;  // abandoned ones too
        bool in_mid_window = false; // of several, answered ones too
        bool stale = false;
        bool announced = false;
        std::optional<time_source::steady_time::duration> idle; // after which the server closed it
        bool misplaced = false; // the reply that was due was another's: its call is not to blame
    };

    // --- asked by connections
    [[nodiscard]] exchange* next_call(const std::optional<flow::lane>& window, bool keep_window);
    [[nodiscard]] std::size_t depth() const noexcept { return depth_.current(); }
    void put_back(exchange& call) { queue_.push_front(call); } // what next_call() gave
    [[nodiscard]] const flow::idle_rule& idling() const noexcept { return idle_; }

    // --- told by connections
    void opened(connection& which);
    void open_failed(connection& which, const open_result& why);
    void answered(std::size_t in_flight);
    void sent(std::size_t bytes) noexcept { stats_.bytes_sent += bytes; }
    void received(std::size_t bytes) noexcept { stats_.bytes_received += bytes; }
    void ended(connection& which, ended_connection what);

    [[nodiscard]] std::size_t wanted_anyway() const;
    [[nodiscard]] std::size_t connections_of(std::uint32_t account) const;
    void plan();
    [[nodiscard]] call_phase awaited_phase() const;
    [[nodiscard]] flow::pool_view view() const;
    void forget(const connection& which);
    void fail_waiting_calls(const exchange_loss& why);

    asio::any_io_executor ex_;
    std::shared_ptr<time_source> time_;
    stream_target target_;
    pool_limits limits_;
    // However many share the pool: one whose replies hang must not hold all its connections.
    std::size_t connections_per_account_;
    flow::depth depth_;
    flow::idle_rule idle_;
    flow::call_queue queue_;
    std::vector<std::shared_ptr<connection>> connections_;
    std::size_t kept_ = 0; // connections, until then
    time_source::steady_time kept_until_{};
    std::vector<pool_watcher*> watchers_;
    endpoint_metrics stats_;
    std::size_t begun_ = 0;                    // connections, so far
    time_source::steady_time open_again_at_{}; // after a failure while other connections serve
};

} // namespace redrive::net
