#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "net/pool.hpp"
#include "net/tls_context.hpp"
#include "redrive/connect_to.hpp"
#include "redrive/endpoint.hpp"
#include "redrive/time_source.hpp"
#include "wire/proxy_rules.hpp"

namespace redrive::net {

struct transport_config {
    pool_limits limits;
    std::vector<connect_to_rule> connect_to;
    std::function<wire::proxy_rules()> proxies; // asked once, for the first pool; empty: none
    std::string client_certificate;             // PEM files, see tls_settings
    std::string client_key;
};

// All connections of one program or service: a pool for each endpoint and set of roots, shared by
// every client that is given this transport. Not thread-safe: one executor.
class transport {
  public:
    transport(asio::any_io_executor ex,
              std::shared_ptr<time_source> time,
              transport_config config = {});

    struct pool_result {
        pool* found = nullptr; // lives as long as the transport; null with an error
        error_code ec;         // bad_ca_bundle, or bad_configuration
        call_phase phase = call_phase::none;
        std::string detail;
    };
    // Reads the proxy settings on the first use, and the roots on the first use of `ca_bundle` with
    // TLS; opens no connection.
    [[nodiscard]] pool_result pool_for(const endpoint& where, const std::string& ca_bundle);

    struct target_result {
        stream_target target;
        error_code ec; // as of a pool_result
        call_phase phase = call_phase::none;
        std::string detail;
    };
    enum class way : std::uint8_t { as_configured, direct };
    // Where a connection to `where` goes, for one that belongs to no pool. `direct`: through no
    // proxy.
    [[nodiscard]] target_result target_of(const endpoint& where,
                                          const std::string& ca_bundle,
                                          way through = way::as_configured);

    // Loads the roots of a CA bundle, as the first pool that uses them would.
    [[nodiscard]] tls_context_result roots(const std::string& ca_bundle);

    [[nodiscard]] const asio::any_io_executor& executor() const noexcept { return ex_; }
    [[nodiscard]] const std::shared_ptr<time_source>& time() const noexcept { return time_; }
    [[nodiscard]] std::vector<endpoint_metrics> endpoints() const;
    [[nodiscard]] endpoint_metrics stats() const; // over all of them; the depth is the largest

  private:
    using key = std::tuple<bool, std::string, std::uint16_t, std::string>;

    enum class contact : std::uint8_t { endpoint, proxy }; // which shows our certificate or not

    [[nodiscard]] stream_target target_for(const endpoint& where) const;
    void add_proxy(target_result& out, const endpoint& where, const std::string& ca_bundle);
    // Null when they cannot be had; `out` says why.
    [[nodiscard]] std::shared_ptr<asio::ssl::context> add_roots(target_result& out,
                                                                contact whom,
                                                                const std::string& ca_bundle);
    [[nodiscard]] tls_context_result context_for(contact whom, const std::string& ca_bundle);

    asio::any_io_executor ex_;
    std::shared_ptr<time_source> time_;
    transport_config config_;
    std::optional<wire::proxy_rules> proxies_;
    std::map<std::pair<contact, std::string>, std::shared_ptr<asio::ssl::context>> tls_;
    std::map<key, std::unique_ptr<pool>> pools_;
};

} // namespace redrive::net
