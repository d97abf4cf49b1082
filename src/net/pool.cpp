#include "net/pool.hpp"

#include <algorithm>

namespace redrive::net {
namespace {

constexpr std::chrono::milliseconds pause_after_open_failure{1000};

} // namespace

pool::pool(asio::any_io_executor ex,
           std::shared_ptr<time_source> time,
           stream_target target,
           pool_limits limits)
    : ex_{std::move(ex)}, time_{std::move(time)}, target_{std::move(target)}, limits_{limits},
      connections_per_account_{limits.max_connections}, depth_{limits.pipelining, limits.max_depth},
      idle_{limits.idle} {}

pool::~pool() {
    for (const auto& each : connections_)
        each->detach();
}

bool pool::submit(exchange& call) {
    if (queue_.size() >= limits_.max_waiting) return false;
    queue_.push_back(call);
    plan();
    return true;
}

call_phase pool::withdraw(exchange& call) {
    if (call.is_queued()) {
        queue_.withdraw(call);
        return awaited_phase();
    }
    if (call.carrier_) call.carrier_->withdraw(call);
    return call_phase::read;
}

// The oldest connection is to serve the head of the queue.
call_phase pool::awaited_phase() const {
    const bool only_opening = std::none_of(
        connections_.begin(), connections_.end(), [](const auto& each) { return each->is_open(); });
    return only_opening && !connections_.empty() ? connections_.front()->opening()
                                                 : call_phase::pool;
}

endpoint_metrics pool::stats() const {
    auto out = stats_;
    out.address = target_.host;
    if (target_.port != (target_.tls ? 443 : 80)) out.address += ":" + std::to_string(target_.port);
    for (const auto& each : connections_) {
        out.in_flight += each->in_flight();
        if (each->is_open() && each->in_flight() == 0) ++out.idle;
    }
    const auto now = view();
    out.open = now.open;
    out.opening = now.opening;
    out.waiting = now.waiting;
    out.depth = now.depth;
    if (target_.memory) {
        out.handshakes = target_.memory->sessions.handshakes();
        out.resumed = target_.memory->sessions.resumed();
    }
    return out;
}

void pool::keep(std::size_t connections, time_source::steady_time until) {
    kept_ = time_->now() < kept_until_ ? std::max(kept_, connections) : connections;
    kept_until_ = std::max(kept_until_, until);
    plan();
}

void pool::watch(pool_watcher& who) {
    watchers_.push_back(&who);
    const auto open = view().open;
    open >= bounded(who.wanted()) ? who.opened(open) : plan();
}

void pool::unwatch(pool_watcher& who) {
    std::erase(watchers_, &who);
}

std::size_t pool::bounded(std::size_t connections) const noexcept {
    return std::min(connections, limits_.max_connections);
}

// Connections that are to be open although no call waits.
std::size_t pool::wanted_anyway() const {
    std::size_t out = time_->now() < kept_until_ ? kept_ : 0;
    for (const auto* each : watchers_)
        out = std::max(out, each->wanted());
    return out;
}

void pool::allow_connections(std::size_t at_least) {
    limits_.max_connections = std::max(limits_.max_connections, at_least);
}

exchange* pool::next_call(const std::optional<flow::lane>& window, bool keep_window) {
    if (!window) {
        if (limits_.max_connections <= connections_per_account_)
            return static_cast<exchange*>(queue_.take_any());
        return static_cast<exchange*>(queue_.take_any([this](const flow::lane& where) {
            return connections_of(where.account) < connections_per_account_;
        }));
    }
    if (!keep_window && queue_.waits_elsewhere(*window)) return nullptr;
    auto* call = static_cast<exchange*>(queue_.take_from(*window));
    if (!call || call->safe_to_resend_) return call;
    put_back(*call); // never behind others: it waits until the window is empty
    return nullptr;
}

std::size_t pool::connections_of(std::uint32_t account) const {
    return static_cast<std::size_t>(
        std::count_if(connections_.begin(), connections_.end(), [account](const auto& each) {
            const auto window = each->window();
            return window && window->account == account;
        }));
}

flow::pool_view pool::view() const {
    flow::pool_view out;
    out.waiting = queue_.size();
    out.depth = depth_.current();
    out.max_connections = limits_.max_connections;
    for (const auto& each : connections_) {
        if (!each->is_open()) {
            ++out.opening;
            continue;
        }
        ++out.open;
        const auto window = each->window();
        if (!window || queue_.waits_in(*window)) out.room += each->room(out.depth);
    }
    return out;
}

void pool::plan() {
    const auto wanted = wanted_anyway();
    if (queue_.empty() && wanted <= connections_.size()) return;
    for (const auto& each : connections_)
        if (each->is_open() && each->in_flight() < depth_.current()) each->notify();
    if (!connections_.empty() && time_->now() < open_again_at_) return;
    auto now = view();
    now.wanted = wanted;
    const auto more = flow::connections_to_open(now);
    for (std::size_t i = 0; i < more; ++i) {
        const auto fresh = std::make_shared<connection>(
            *this, ex_, time_, limits_.connection, time_->now() + idle_.oldest(begun_++));
        connections_.push_back(fresh);
        fresh->start(target_, limits_.timeouts);
    }
}

void pool::opened(connection&) {
    ++stats_.opened;
    plan();
    const auto open = view().open;
    const auto watchers = watchers_; // each may go
    for (auto* const each : watchers)
        each->opened(open);
}

void pool::answered(std::size_t in_flight) {
    ++stats_.replies;
    depth_.answered_in_order(in_flight);
}

void pool::forget(const connection& which) {
    std::erase_if(connections_, [&](const auto& each) { return each.get() == &which; });
}

void pool::open_failed(connection& which, const open_result& why) {
    ++stats_.open_failures;
    open_again_at_ = time_->now() + pause_after_open_failure;
    forget(which);
    const auto watchers = watchers_; // each may go
    for (auto* const each : watchers)
        each->open_failed(why);
    if (!connections_.empty()) return; // those that are open or opening serve what waits
    exchange_loss loss;
    loss.ec = why.ec;
    loss.phase = why.phase;
    loss.detail = why.detail;
    fail_waiting_calls(loss);
}

void pool::fail_waiting_calls(const exchange_loss& why) {
    while (auto* call = static_cast<exchange*>(queue_.take_any()))
        call->lost(why);
}

void pool::ended(connection& which, ended_connection what) {
    forget(which);
    if (!what.announced && !what.calls.empty()) ++stats_.lost;
    if (what.idle && !what.announced) idle_.closed_by_server(*what.idle);
    if (!what.announced) {
        depth_.lost(what.in_mid_window ? std::max<std::size_t>(what.in_flight, 2) : 1);
    } else if (what.in_flight != 0) {
        depth_.cut_short();
    }
    // Backwards, so that those that go out again keep their order at the head of the queue.
    for (auto at = what.calls.rbegin(); at != what.calls.rend(); ++at) {
        auto& call = *reinterpret_cast<exchange*>(at->call);
        flow::lost_call_view lost;
        lost.fate = at->fate;
        lost.was_due = at->was_due && !what.misplaced;
        lost.stale = what.stale;
        lost.announced = what.announced;
        lost.safe_to_resend = call.safe_to_resend_;
        lost.free_resends = call.free_resends_;
        call.maybe_applied_ |= at->fate == flow::loss_fate::maybe_applied;
        if (flow::judge_loss(lost) == flow::loss_verdict::resend) {
            ++call.free_resends_;
            ++stats_.stale_resends;
            queue_.push_front(call);
        } else {
            what.why.fate = at->fate;
            call.lost(what.why);
        }
    }
    plan();
}

} // namespace redrive::net
