#include "fleet/fleet_core.hpp"

#include <algorithm>

#include "auth/partitions.hpp"
#include "client/setup.hpp"

namespace redrive::detail {
namespace {

// However many accounts share an endpoint, it sees no more connections than this from one program.
constexpr std::size_t most_connections_per_endpoint = 64;

} // namespace

fleet_core::fleet_core(asio::any_io_executor ex, fleet_config config)
    : ex_{std::move(ex)}, time_{config.time ? config.time : real_time_source()},
      config_{std::move(config)}, transport_{std::make_shared<net::transport>(
                                      ex_, time_, transport_config_from(config_.transport))} {}

std::optional<setup_error> fleet_core::prepare() {
    if (roster_) return std::nullopt;
    auto loaded = roster::load(config_);
    if (auto* bad = std::get_if<setup_error>(&loaded)) return std::move(*bad);
    auto& ready = std::get<roster>(loaded);
    for (const auto& who : ready.identities()) {
        const auto& bundle = who.config.ca_bundle.value;
        if (bundle.empty()) continue;
        if (const auto roots = transport_->roots(bundle); roots.ec)
            return setup_error{roots.ec, call_phase::tls, roots.detail};
    }
    roster_ = std::move(ready);
    return std::nullopt;
}

std::size_t fleet_core::calls_per_cell() const noexcept {
    const auto& how = config_.transport;
    const auto depth =
        how.pipelining == pipelining::off ? 1 : std::max<std::size_t>(1, how.max_depth);
    return std::max<std::size_t>(1, how.max_connections) * depth;
}

flow::admission fleet_core::new_gate() const {
    const auto now = time_->now();
    const auto limiter = [&] {
        if (!config_.rate) return flow::rate_limiter::learnt(now);
        return *config_.rate > 0 ? flow::rate_limiter::fixed(*config_.rate, now)
                                 : flow::rate_limiter::unlimited();
    };
    return flow::admission{calls_per_cell(), {limiter(), limiter(), limiter()}};
}

std::variant<client_setup, setup_error> fleet_core::setup_of(std::size_t identity,
                                                             const std::string& region) const {
    return setup_for(
        roster_->identities()[identity], region, auth::environment::of_process(), carrier());
}

auth::credential_carrier fleet_core::carrier() const {
    return {ex_, time_, transport_config_from(config_.transport), config_.ask_mfa};
}

std::variant<cell*, setup_error> fleet_core::cell_for(std::size_t identity,
                                                      const std::string& region) {
    auto& slot = cells_[{identity, region}];
    if (slot) return slot.get();
    const auto& who = roster_->identities()[identity];
    auto made = setup_of(identity, region);
    if (auto* bad = std::get_if<setup_error>(&made)) return std::move(*bad);
    auto& setup = std::get<client_setup>(made);
    setup.account_lane = ++last_lane_;
    setup.observer = config_.observer;
    setup.is_adaptive = false;      // the gate paces each operation, more closely
    setup.redates_once_more = true; // each call has one attempt only
    setup.signing = config_.signing;
    setup.service = config_.service;
    if (!setup.service) {
        if (auto bad = share_pool(setup)) return std::move(*bad);
    }
    slot =
        std::make_unique<cell>(client{std::make_shared<client_core>(transport_, std::move(setup))},
                               time_,
                               new_gate(),
                               who.name,
                               who.account,
                               region,
                               std::string{auth::partition_of_region(region).name});
    return slot.get();
}

// One cell more uses the connections to this endpoint.
std::optional<setup_error> fleet_core::share_pool(const client_setup& setup) {
    const auto pool = transport_->pool_for(setup.target, setup.ca_bundle);
    if (pool.ec) return setup_error{pool.ec, pool.phase, pool.detail};
    const auto sharing = ++cells_of_pool_[pool.found];
    pool.found->allow_connections(
        std::min(most_connections_per_endpoint,
                 sharing * std::max<std::size_t>(1, config_.transport.max_connections)));
    return std::nullopt;
}

bool fleet_core::accepted_somewhere(std::size_t identity) const {
    return accepted_.count(identity) != 0;
}

double fleet_core::random_unit() {
    return std::generate_canonical<double, 53>(random_);
}

fleet_progress fleet_core::progress() const {
    auto out = counters;
    for (const auto& [key, each] : cells_) {
        if (!each) continue;
        out.calls += each->stats().calls;
        out.throttled += each->stats().throttled;
        out.calls_in_flight += each->in_flight();
    }
    out.connections = transport_->stats().open;
    return out;
}

void fleet_core::add_run(const std::shared_ptr<run_control>& run) {
    std::erase_if(runs_, [](const auto& each) { return each.expired(); });
    runs_.push_back(run);
}

void fleet_core::interrupt_all() {
    for (const auto& each : runs_)
        if (const auto run = each.lock()) run->interrupt();
}

} // namespace redrive::detail
