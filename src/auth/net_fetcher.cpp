#include "auth/net_fetcher.hpp"

#include <utility>

#include "net/resolver.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

asio::awaitable<net::fetched> net_fetcher::fetch(wire::web_request what, fetch_rules rules) {
    auto made = transport_->target_of(what.where, rules.ca_bundle, rules.through);
    if (made.ec) {
        net::fetched out;
        out.ec = made.ec;
        out.phase = made.phase;
        out.detail = std::move(made.detail);
        co_return out;
    }
    if (made.target.asks_in_absolute_form()) {
        what.target.insert(0, "http://" + what.where.authority());
        const auto& proof = made.target.proxy->address.authorization;
        if (!proof.empty()) {
            wire::http_header header;
            header.name = "proxy-authorization";
            header.value = proof.reveal();
            what.headers.push_back(std::move(header));
        }
    }
    std::string request;
    wire::append_request(request, what);
    wire::wipe(what);
    co_return co_await net::fetch(transport_->executor(),
                                  transport_->time(),
                                  std::move(made.target),
                                  std::move(request),
                                  rules.limits);
}

asio::awaitable<std::vector<asio::ip::address>> net_fetcher::addresses_of(std::string host) {
    const auto found = co_await net::resolve(transport_->executor(), std::move(host), 0);
    std::vector<asio::ip::address> out;
    for (const auto& each : found.addresses)
        out.push_back(each.address());
    co_return out;
}

} // namespace redrive::auth
