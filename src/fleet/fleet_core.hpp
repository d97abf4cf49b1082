#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "fleet/cell.hpp"
#include "fleet/roster.hpp"
#include "fleet/run_control.hpp"
#include "net/transport.hpp"
#include "redrive/fleet_options.hpp"
#include "redrive/fleet_results.hpp"

namespace redrive::detail {

// The body of a fleet: who acts where, one cell per account and region that was needed so far, one
// transport for all of them. Not thread-safe.
class fleet_core : public std::enable_shared_from_this<fleet_core> {
  public:
    fleet_core(asio::any_io_executor ex, fleet_config config);

    // Reads the configuration, once.
    [[nodiscard]] std::optional<setup_error> prepare();

    [[nodiscard]] roster& who() noexcept { return *roster_; }
    [[nodiscard]] bool is_prepared() const noexcept { return roster_.has_value(); }
    [[nodiscard]] std::variant<cell*, setup_error> cell_for(std::size_t identity,
                                                            const std::string& region);
    // What a client of its own would work with.
    [[nodiscard]] std::variant<client_setup, setup_error> setup_of(std::size_t identity,
                                                                   const std::string& region) const;
    [[nodiscard]] auth::credential_carrier carrier() const;
    [[nodiscard]] const fleet_config& config() const noexcept { return config_; }
    [[nodiscard]] const std::shared_ptr<net::transport>& connections() const noexcept {
        return transport_;
    }
    // Whether this identity was ever accepted somewhere: then a region that refuses it is one that
    // is not enabled.
    [[nodiscard]] bool accepted_somewhere(std::size_t identity) const;
    void was_accepted(std::size_t identity) { accepted_.insert(identity); }

    [[nodiscard]] const asio::any_io_executor& executor() const noexcept { return ex_; }
    [[nodiscard]] const std::shared_ptr<time_source>& time() const noexcept { return time_; }
    [[nodiscard]] double random_unit();
    [[nodiscard]] std::size_t calls_per_cell() const noexcept;

    [[nodiscard]] fleet_progress progress() const;
    [[nodiscard]] std::vector<endpoint_metrics> endpoints() const {
        return transport_->endpoints();
    }
    fleet_progress counters; // of what the runs count; progress() adds the rest

    // The runs under way, to be interrupted when the fleet is destroyed.
    void add_run(const std::shared_ptr<run_control>& run);
    void interrupt_all();

  private:
    using cell_key = std::pair<std::size_t, std::string>;

    [[nodiscard]] flow::admission new_gate() const;
    [[nodiscard]] std::optional<setup_error> share_pool(const client_setup& setup);

    asio::any_io_executor ex_;
    std::shared_ptr<time_source> time_;
    fleet_config config_;
    std::optional<roster> roster_;
    std::shared_ptr<net::transport> transport_;
    std::map<cell_key, std::unique_ptr<cell>> cells_;
    std::map<net::pool*, std::size_t> cells_of_pool_;
    std::uint32_t last_lane_ = 0;
    std::set<std::size_t> accepted_;
    std::mt19937_64 random_{std::random_device{}()};
    std::vector<std::weak_ptr<run_control>> runs_;
};

} // namespace redrive::detail
