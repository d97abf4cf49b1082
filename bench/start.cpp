// How long `redrive cancel` needs from its start to its first request, and to its end.
//   bench_start --program PATH [--handles N] [--runs N]
// Serves the requests itself; the program gets a CA file with one certificate.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/child.hpp"
#include "support/median.hpp"
#include "support/null_service.hpp"
#include "support/numbered_handle.hpp"
#include "support/scratch.hpp"

namespace {

using namespace redrive::bench;

struct start_times {
    double first_byte, end; // milliseconds since the start
    double cpu;             // milliseconds until the end
};

start_times start_once(null_service& service,
                       const std::vector<std::string>& arguments,
                       const scratch& files) {
    service.all().first_byte = 0;
    const auto done =
        run_child(arguments, child_environment(), files.file("stdout"), files.file("stderr"));
    const double first_byte = service.all().first_byte;
    if (done.exit_code != 0 || first_byte == 0)
        throw std::runtime_error{"the program ended with " + std::to_string(done.exit_code)};
    return {(first_byte - done.started) * 1e3,
            (done.ended - done.started) * 1e3,
            done.cpu_seconds * 1e3};
}

void run(const std::string& program, std::size_t handles, std::size_t runs) {
    const scratch files;
    static null_service service{0, files.file("ca.pem")};
    std::vector<std::string> arguments{program,
                                       "cancel",
                                       "--yes",
                                       "--no-verify",
                                       "-o",
                                       "ndjson",
                                       "--endpoint-url",
                                       service.url(),
                                       "--ca-bundle",
                                       files.file("ca.pem")};
    for (std::size_t n = 0; n < handles; ++n)
        arguments.push_back(numbered_handle(n));
    start_once(service, arguments, files); // brings the program's pages into memory
    std::vector<start_times> times;
    for (std::size_t i = 0; i < runs; ++i)
        times.push_back(start_once(service, arguments, files));
    if (service.all().requests != handles * (runs + 1))
        throw std::runtime_error{"the program sent another number of requests"};
    std::printf("{\"bench\":\"start\",\"handles\":%zu,\"runs\":%zu,\"first_byte_ms\":%.3f,"
                "\"end_ms\":%.3f,\"cpu_ms\":%.3f}\n",
                handles,
                runs,
                median(times, &start_times::first_byte),
                median(times, &start_times::end),
                median(times, &start_times::cpu));
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) try {
    CLI::App app{"From the start of the program to its first request"};
    std::string program;
    std::size_t handles = 1, runs = 20;
    app.add_option("--program", program, "redrive")->required()->check(CLI::ExistingFile);
    app.add_option("--handles", handles, "To cancel")->check(CLI::PositiveNumber);
    app.add_option("--runs", runs, "Starts, of which the median counts")
        ->check(CLI::PositiveNumber);
    CLI11_PARSE(app, argc, argv);
    run(program, handles, runs);
    std::_Exit(0); // the service's threads still wait for requests
} catch (const std::exception& why) {
    std::cerr << "bench_start: " << why.what() << '\n';
    std::_Exit(1);
}
