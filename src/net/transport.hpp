#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "net/pool.hpp"
#include "net/tls_context.hpp"
#include "redrive/endpoint.hpp"
#include "redrive/time_source.hpp"

namespace redrive::net {

// `--connect-to HOST:PORT:ADDR:PORT`, as curl: what is meant for one place goes to another; TLS is
// still verified for the first. An empty host or a zero port matches any.
struct connect_to_rule {
    std::string host;
    std::uint16_t port = 0;
    std::string to_host;
    std::uint16_t to_port = 0;
};

struct transport_config {
    pool_limits limits;
    std::vector<connect_to_rule> connect_to;
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
        error_code ec;         // client_errc::bad_ca_bundle
        std::string detail;
    };
    // Loads the roots on the first use of `ca_bundle` with TLS; opens no connection.
    [[nodiscard]] pool_result pool_for(const endpoint& where, const std::string& ca_bundle);

    // Loads the roots of a CA bundle, as the first pool that uses them would.
    [[nodiscard]] tls_context_result roots(const std::string& ca_bundle);

    [[nodiscard]] const asio::any_io_executor& executor() const noexcept { return ex_; }
    [[nodiscard]] const std::shared_ptr<time_source>& time() const noexcept { return time_; }
    [[nodiscard]] pool_stats stats() const; // over all pools; the depth is the largest

  private:
    using key = std::tuple<bool, std::string, std::uint16_t, std::string>;

    [[nodiscard]] stream_target target_for(const endpoint& where) const;

    asio::any_io_executor ex_;
    std::shared_ptr<time_source> time_;
    transport_config config_;
    std::map<std::string, std::shared_ptr<asio::ssl::context>> tls_; // by CA bundle
    std::map<key, std::unique_ptr<pool>> pools_;
};

} // namespace redrive::net
