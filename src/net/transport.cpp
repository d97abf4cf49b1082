#include "net/transport.hpp"

#include <algorithm>

#include "net/shared_tls_context.hpp"

namespace redrive::net {

transport::transport(asio::any_io_executor ex,
                     std::shared_ptr<time_source> time,
                     transport_config config)
    : ex_{std::move(ex)}, time_{std::move(time)}, config_{std::move(config)} {}

stream_target transport::target_for(const endpoint& where) const {
    stream_target out;
    out.host = where.host;
    out.port = where.port;
    out.memory = std::make_shared<endpoint_memory>();
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
    return context_for(contact::endpoint, ca_bundle);
}

tls_context_result transport::context_for(contact whom, const std::string& ca_bundle) {
    auto& context = tls_[{whom, ca_bundle}];
    if (context) return {context, {}, {}};
    tls_settings settings;
    settings.ca_bundle = ca_bundle;
    if (whom == contact::endpoint) {
        settings.client_certificate = config_.client_certificate;
        settings.client_key = config_.client_key;
    }
    auto made = shared_tls_context(ex_, settings);
    context = made.context;
    return made;
}

void transport::add_proxy(target_result& out, const endpoint& where, const std::string& ca_bundle) {
    if (!proxies_) proxies_ = config_.proxies ? config_.proxies() : wire::proxy_rules{};
    const auto* choice = proxies_->choose(where, out.target.place().host);
    if (!choice) return;
    if (!choice->proxy) {
        out.ec = client_errc::bad_configuration;
        out.phase = call_phase::configure;
        out.detail = choice->problem;
        return;
    }
    stream_proxy proxy;
    proxy.address = *choice->proxy;
    if (proxy.address.tls) proxy.tls = add_roots(out, contact::proxy, ca_bundle);
    out.target.proxy = std::move(proxy);
}

std::shared_ptr<asio::ssl::context> transport::add_roots(target_result& out,
                                                         contact whom,
                                                         const std::string& ca_bundle) {
    auto made = context_for(whom, ca_bundle);
    if (made.ec) {
        out.ec = made.ec;
        out.phase = call_phase::tls;
        out.detail = std::move(made.detail);
    }
    return std::move(made.context);
}

transport::target_result transport::target_of(const endpoint& where,
                                              const std::string& ca_bundle,
                                              way through) {
    target_result out;
    out.target = target_for(where);
    if (through == way::as_configured) add_proxy(out, where, ca_bundle);
    if (!out.ec && where.tls) out.target.tls = add_roots(out, contact::endpoint, ca_bundle);
    return out;
}

transport::pool_result transport::pool_for(const endpoint& where, const std::string& ca_bundle) {
    auto& slot = pools_[key{where.tls, where.host, where.port, where.tls ? ca_bundle : ""}];
    if (!slot) {
        auto made = target_of(where, ca_bundle);
        if (made.ec) return {nullptr, made.ec, made.phase, std::move(made.detail)};
        auto limits = config_.limits;
        if (made.target.asks_in_absolute_form()) limits.pipelining = flow::depth::mode::off;
        slot = std::make_unique<pool>(ex_, time_, std::move(made.target), limits);
    }
    return {slot.get(), {}, call_phase::none, {}};
}

std::vector<endpoint_metrics> transport::endpoints() const {
    std::vector<endpoint_metrics> out;
    for (const auto& [where, each] : pools_)
        if (each) out.push_back(each->stats());
    return out;
}

endpoint_metrics transport::stats() const {
    endpoint_metrics sum;
    for (const auto& one : endpoints()) {
        sum.depth = std::max(sum.depth, one.depth);
        for (const auto gauge : {&endpoint_metrics::open,
                                 &endpoint_metrics::idle,
                                 &endpoint_metrics::opening,
                                 &endpoint_metrics::waiting,
                                 &endpoint_metrics::in_flight})
            sum.*gauge += one.*gauge;
        for (const auto counter : {&endpoint_metrics::opened,
                                   &endpoint_metrics::open_failures,
                                   &endpoint_metrics::lost,
                                   &endpoint_metrics::stale_resends,
                                   &endpoint_metrics::replies,
                                   &endpoint_metrics::handshakes,
                                   &endpoint_metrics::resumed,
                                   &endpoint_metrics::bytes_sent,
                                   &endpoint_metrics::bytes_received})
            sum.*counter += one.*counter;
    }
    return sum;
}

} // namespace redrive::net
