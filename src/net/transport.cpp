#include "net/transport.hpp"

#include <algorithm>

namespace redrive::net {

transport::transport(asio::any_io_executor ex,
                     std::shared_ptr<time_source> time,
                     transport_config config)
    : ex_{std::move(ex)}, time_{std::move(time)}, config_{std::move(config)} {}

stream_target transport::target_for(const endpoint& where) const {
    stream_target out;
    out.host = where.host;
    out.port = where.port;
    for (const auto& rule : config_.connect_to) {
        if (!rule.host.empty() && rule.host != where.host) continue;
        if (rule.port != 0 && rule.port != where.port) continue;
        out.connect_host = rule.to_host;
        out.connect_port = rule.to_port;
        break;
    }
    return out;
}

tls_context_result transport::roots(const std::string& ca_bundle) {
    auto& context = tls_[ca_bundle];
    if (context) return {context, {}, {}};
    auto made = make_tls_context({ca_bundle});
    context = made.context;
    return made;
}

transport::pool_result transport::pool_for(const endpoint& where, const std::string& ca_bundle) {
    pool_result out;
    auto& slot = pools_[key{where.tls, where.host, where.port, where.tls ? ca_bundle : ""}];
    if (!slot) {
        auto target = target_for(where);
        if (where.tls) {
            auto made = roots(ca_bundle);
            out.ec = made.ec;
            out.detail = std::move(made.detail);
            if (out.ec) return out;
            target.tls = std::move(made.context);
        }
        slot = std::make_unique<pool>(ex_, time_, std::move(target), config_.limits);
    }
    out.found = slot.get();
    return out;
}

pool_stats transport::stats() const {
    pool_stats sum;
    for (const auto& [where, each] : pools_) {
        if (!each) continue;
        const auto one = each->stats();
        sum.open += one.open;
        sum.opening += one.opening;
        sum.waiting += one.waiting;
        sum.depth = std::max(sum.depth, one.depth);
        sum.opened += one.opened;
        sum.open_failures += one.open_failures;
        sum.lost += one.lost;
        sum.free_resends += one.free_resends;
        sum.replies += one.replies;
    }
    return sum;
}

} // namespace redrive::net
