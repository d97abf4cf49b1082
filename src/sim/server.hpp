#pragma once

#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "sim/certificates.hpp"
#include "sim/router.hpp"
#include "sim/simulation.hpp"

namespace redrive::sim {

// Listens, and serves each connection. All of it runs on the one thread that runs the context; the
// simulation must outlive the context, whose destruction ends the connections.
class server {
  public:
    // `listen` is HOST:PORT, an IPv6 address in brackets, port 0 for a free one; without an
    // identity it speaks plain HTTP. Throws std::invalid_argument, boost::system::system_error.
    server(boost::asio::io_context& context,
           simulation& subject,
           const std::string& listen,
           const std::optional<certificate_set>& identity);

    // Without a trailing slash; a wildcard address is shown as the loopback one.
    [[nodiscard]] const std::string& url() const noexcept { return url_; }

    void start();

  private:
    boost::asio::awaitable<void> accept_all();

    simulation& simulation_;
    router router_;
    std::optional<boost::asio::ssl::context> tls_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::string url_;
};

} // namespace redrive::sim
