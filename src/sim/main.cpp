#include <chrono>
#include <csignal>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/core.h>

#include "sim/certificates.hpp"
#include "sim/options.hpp"
#include "sim/publication.hpp"
#include "sim/regions.hpp"
#include "sim/server.hpp"
#include "sim/simulation.hpp"

namespace {

using namespace redrive;

std::string read_file(const std::string& name) {
    std::ifstream in{name, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in) throw std::runtime_error{"cannot read " + name};
    return text;
}

std::optional<sim::certificate_set> identity_of(const sim::options& options, sim::wall_time now) {
    if (options.plain) return std::nullopt;
    if (options.certificate_file.empty()) return sim::make_certificates(now);
    return sim::certificate_set{
        .ca = {}, .chain = read_file(options.certificate_file), .key = read_file(options.key_file)};
}

int run(const sim::options& options) {
    const auto now = std::chrono::floor<sim::milliseconds>(std::chrono::system_clock::now());
    sim::simulation simulated{options.simulated, now};
    boost::asio::io_context context{1};
    boost::asio::signal_set signals{context, SIGINT, SIGTERM};
    signals.async_wait([&](const boost::system::error_code&, int) { context.stop(); });

    const auto identity = identity_of(options, now);
    sim::server server{context, simulated, options.listen, identity};
    sim::publication files;
    if (identity && options.certificate_file.empty()) files.write_ca(identity->ca);
    if (!options.certificate_file.empty()) files.use_ca(options.certificate_file);
    files.write_config(server.url(), simulated.state().accounts(), sim::fleet_regions().front());
    server.start();
    if (!options.ready_file.empty()) files.write_ready_file(options.ready_file, server.url());
    fmt::print(stderr, "redrive-sim: {}\n", server.url());
    context.run();
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    sim::options options;
    if (const auto exit_code = sim::parse_options(argc, argv, options, std::cout, std::cerr))
        return *exit_code;
    try {
        return run(options);
    } catch (const std::exception& why) {
        fmt::print(stderr, "redrive-sim: {}\n", why.what());
        return 1;
    }
}
