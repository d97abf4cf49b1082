#pragma once

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "fleet/quick_time.hpp"
#include "fleet/simulated_service.hpp"
#include "redrive/config.hpp"
#include "sim/certificates.hpp"
#include "support/scoped_environment.hpp"
#include "support/test_certificates.hpp"

namespace redrive {

// The simulator over TLS, in this process: one account, one region, redrives that do not end by
// themselves.
class hostile_service {
  public:
    explicit hostile_service(std::size_t running) : hostile_service{running, identity()} {}

    [[nodiscard]] simulated_service& service() { return service_; }

    [[nodiscard]] client_config config() const {
        client_config out;
        const auto account = sim::fleet_account(0);
        out.region = sim::fleet_regions()[0];
        out.identity = credentials{sim::access_key_of(account),
                                   secret_text{sim::secret_key_of(account)},
                                   secret_text{},
                                   account};
        out.endpoint_url = service_.url();
        out.ca_bundle = ca_file_;
        out.max_attempts = 10;
        out.time = std::make_shared<quick_time>(times_faster);
        // A loaded machine is as slow as ever.
        out.transport.connect_timeout = out.transport.tls_timeout = std::chrono::seconds{300};
        out.transport.read_timeout = std::chrono::seconds{30};
        return out;
    }

  private:
    static constexpr int times_faster = 100;

    hostile_service(std::size_t running, sim::certificate_set identity)
        : ca_file_{test::file_with(identity.ca)}, service_{setup_of(running, std::move(identity))} {
    }

    static sim::certificate_set identity() {
        return sim::make_certificates(
            std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
    }
    static simulated_service::setup setup_of(std::size_t running, sim::certificate_set identity) {
        simulated_service::setup out;
        out.fleet.queues = running;
        out.fleet.running = running;
        out.fleet.backlog = 100'000'000;
        out.identity = std::move(identity);
        return out;
    }

    test::scoped_environment environment_;
    std::string ca_file_;
    simulated_service service_;
};

} // namespace redrive
