// Calls at a set rate (open loop) or from a set number of callers (closed loop): how long do they
// take, counted from when they were to begin?
//   bench_load --rate 2000 --duration 10 --url URL --ca FILE    against bench_null_server
//   bench_load --in-flight 32 --handles FILE                    region, keys and endpoint as usual
// Prints one JSON object. Exits 1 when calls and answers do not add up, 2 when it would have been a
// load on AWS.
#include <boost/asio/io_context.hpp>
#include <fmt/core.h>

#include <exception>
#include <stdexcept>

#include "cli/interrupts.hpp"
#include "support/aws_host.hpp"
#include "support/load_generator.hpp"
#include "support/load_options.hpp"
#include "support/load_progress.hpp"
#include "support/load_report.hpp"
#include "support/percentile_file.hpp"

namespace {

using namespace redrive::bench;

void run(const load_options& how, const redrive::endpoint& target) {
    boost::asio::io_context context{1};
    redrive::cli::interrupts interrupts{context.get_executor()};
    load_generator load{context, how};
    load_progress progress{context, load};
    interrupts.on_first([&] { load.end_early(); });
    progress.start();
    load.start();
    while (!load.is_over())
        context.run_one();
    fmt::print("{}\n", load_report{how, load, target.url()}.json());
    if (!how.percentile_file.empty())
        write_percentiles(load.tally().corrected, how.percentile_file);
    if (!load.tally().adds_up())
        throw std::runtime_error{"calls and answers do not add up " + load.tally().first_mismatch};
}

} // namespace

int main(int argc, char** argv) try {
    CLI::App app{"A load of calls: how long they take, counted from when they were to begin"};
    load_options how;
    how.add_to(app);
    CLI11_PARSE(app, argc, argv);
    const auto target = endpoint_of(how.config());
    if (is_aws_host(target.host) && !how.allows_aws) {
        fmt::print(stderr,
                   "bench_load: {} is AWS itself. A load there costs money and may use up the "
                   "account's API quota, which delays real cancels. --allow-aws does it anyway.\n",
                   target.host);
        return 2;
    }
    run(how, target);
    return 0;
} catch (const std::exception& why) {
    fmt::print(stderr, "bench_load: {}\n", why.what());
    return 1;
}
