#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "net/pool.hpp"
#include "recorded_exchange.hpp"
#include "support/manual_time.hpp"
#include "support/scripted_peer.hpp"

namespace redrive::net {

// A pool, the peer that it connects to, and the calls that were given to it.
class pool_rig {
  public:
    explicit pool_rig(test::peer_security security = test::peer_security::plain)
        : peer{world.context, world.time, security} {
        limits.max_connections = 1;
        target.host = "127.0.0.1";
        target.port = peer.port();
        if (security == test::peer_security::tls)
            target.tls = make_tls_context({test::loopback_ca_file()}).context;
    }

    test::virtual_world world;
    test::scripted_peer peer;
    pool_limits limits;
    stream_target target;

    // As many requests in flight as this, from the first write.
    void pipeline(std::size_t depth) {
        limits.pipelining = flow::depth::mode::fixed;
        limits.max_depth = depth;
    }

    [[nodiscard]] pool& open() {
        if (!pool_) pool_.emplace(world.executor(), world.time, target, limits);
        return *pool_;
    }
    void close() { pool_.reset(); }

    recorded_exchange& submit(std::string name, flow::lane where = {}, bool safe = true) {
        auto& call = calls_.emplace_back(std::move(name), where, safe);
        return submit(call);
    }
    recorded_exchange& submit(recorded_exchange& call) {
        taken_ = open().submit(call);
        return call;
    }
    // A call to be configured before it is submitted.
    recorded_exchange& make(std::string name, flow::lane where = {}, bool safe = true) {
        return calls_.emplace_back(std::move(name), where, safe);
    }
    [[nodiscard]] bool was_taken() const { return taken_; }

    [[nodiscard]] bool run_until_done() {
        return world.run_until([this] { return all_done(); });
    }
    [[nodiscard]] bool all_done() const {
        for (const auto& each : calls_)
            if (!each.done()) return false;
        return true;
    }
    [[nodiscard]] const std::deque<recorded_exchange>& calls() const { return calls_; }
    // The names of the requests that arrived, in order, with a blank between.
    [[nodiscard]] std::string arrived() const {
        std::string names;
        for (const auto& each : peer.requests()) {
            if (!names.empty()) names += ' ';
            names += each.request.target.substr(1);
        }
        return names;
    }

  private:
    std::deque<recorded_exchange> calls_;
    std::optional<pool> pool_;
    bool taken_ = false;
};

// Replies with the name of the request.
inline std::string echo(const test::seen_request& seen) {
    return test::http_reply(seen.request.target.substr(1));
}

} // namespace redrive::net
