// A TLS server that answers every request with the same bytes but for one running number, so that a
// client is all that a benchmark measures.
//   bench_null_server --ca FILE [--port N]
// Writes its CA to FILE and one JSON line to stdout when it listens. For each line on its stdin,
// and when that closes, which ends it, it says what it did so far and what that cost.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

#include "support/null_service.hpp"

namespace {

void print(const redrive::bench::null_totals& all) {
    std::printf("{\"connections\":%lu,\"resumed\":%lu,\"requests\":%lu,\"request_bytes\":%lu,"
                "\"cpu_seconds\":%.3f}\n",
                all.connections.load(),
                all.resumed.load(),
                all.requests.load(),
                all.request_bytes.load(),
                redrive::bench::resources::now().cpu_seconds);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) try {
    using namespace redrive::bench;
    CLI::App app{"Answers every request with the same bytes over TLS"};
    std::string ca_file;
    std::uint16_t port = 0;
    app.add_option("--ca", ca_file, "Where to write the CA's certificate")->required();
    app.add_option("--port", port, "Where to listen on 127.0.0.1; 0 for a free one");
    CLI11_PARSE(app, argc, argv);

    static null_service service{port, ca_file};
    std::printf("{\"url\":\"%s\",\"pid\":%d}\n", service.url().c_str(), getpid());
    std::fflush(stdout);
    for (std::string line; std::getline(std::cin, line);)
        print(service.all());
    print(service.all());
    std::_Exit(0); // its threads still wait for requests
} catch (const std::exception& why) {
    std::cerr << "bench_null_server: " << why.what() << '\n';
    return 1;
}
