// What the whole program costs for each handle of a file: `redrive cancel --from FILE`.
//   bench_program --program PATH --url URL --ca FILE --count N      against bench_null_server
#include <CLI/CLI.hpp>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

#include "support/child.hpp"
#include "support/numbered_handle.hpp"
#include "support/scratch.hpp"

namespace {

using namespace redrive::bench;

void write_handles(const std::string& path, std::size_t count) {
    std::ofstream out{path};
    for (std::size_t n = 0; n < count; ++n)
        out << numbered_handle(n) << '\n';
    if (!out.flush()) throw std::runtime_error{"cannot write " + path};
}

std::size_t accepted_in(const std::string& path) {
    std::ifstream in{path};
    std::size_t count = 0;
    for (std::string line; std::getline(in, line);)
        if (line.find("\"outcome\":\"accepted\"") != std::string::npos) ++count;
    return count;
}

void run(const std::string& program, const std::string& url, const std::string& ca, std::size_t n) {
    const scratch files;
    write_handles(files.file("handles"), n);
    const auto used = run_child({program,
                                 "cancel",
                                 "--yes",
                                 "--no-verify",
                                 "-o",
                                 "ndjson",
                                 "--endpoint-url",
                                 url,
                                 "--ca-bundle",
                                 ca,
                                 "--from",
                                 files.file("handles")},
                                child_environment(),
                                files.file("stdout"),
                                files.file("stderr"));
    const auto accepted = accepted_in(files.file("stdout"));
    std::printf("{\"bench\":\"program\",\"handles\":%zu,\"accepted\":%zu,\"exit_code\":%d,"
                "\"cpu_us\":%.3f,\"per_second\":%.0f,\"peak_kib\":%ld}\n",
                n,
                accepted,
                used.exit_code,
                used.cpu_seconds * 1e6 / static_cast<double>(n),
                static_cast<double>(n) / (used.ended - used.started),
                used.peak_kib);
    if (used.exit_code != 0 || accepted != n)
        throw std::runtime_error{"not every order was accepted"};
}

} // namespace

int main(int argc, char** argv) try {
    CLI::App app{"What the whole program costs for each handle of a file"};
    std::string program, url, ca;
    std::size_t count = 300'000;
    app.add_option("--program", program, "redrive")->required()->check(CLI::ExistingFile);
    app.add_option("--url", url, "Of bench_null_server")->required();
    app.add_option("--ca", ca, "Its CA")->required();
    app.add_option("--count", count, "Handles")->check(CLI::PositiveNumber);
    CLI11_PARSE(app, argc, argv);
    run(program, url, ca, count);
} catch (const std::exception& why) {
    std::cerr << "bench_program: " << why.what() << '\n';
    return 1;
}
