// A cold burst: many cancels at once on a client that has no connection yet.
//   bench_pool --url URL --ca FILE --count N --connections N --depth N      against
//   bench_null_server
// --count is the burst; it runs --bursts times, each on a client of its own.
#include <boost/asio/io_context.hpp>

#include <cstdio>
#include <iostream>
#include <stdexcept>
#include <vector>

#include "support/cancel_options.hpp"
#include "support/median.hpp"
#include "support/resources.hpp"

namespace {

using namespace redrive::bench;

struct burst_times {
    double first_ms, last_ms, cpu_us;
};

burst_times burst(const cancel_run& what, const std::vector<redrive::task_handle>& handles) {
    boost::asio::io_context context{1};
    std::size_t answered = 0;
    std::string failure;
    double first = 0;
    const auto before = resources::now();
    redrive::client sqs{context.get_executor(), what.config()};
    for (std::size_t n = 0; n < what.count; ++n)
        sqs.async_cancel(handles[n % handles.size()],
                         redrive::cancel_options{}.max_attempts(1),
                         [&](redrive::error_code ec, const redrive::cancel_result& result) {
                             if (ec) failure = ec.message() + ": " + result.info.message;
                             if (answered++ == 0)
                                 first = resources::now().since(before).wall_seconds;
                         });
    while (answered < what.count)
        context.run_one();
    const auto used = resources::now().since(before);
    if (!failure.empty()) throw std::runtime_error{failure};
    return {first * 1e3,
            used.wall_seconds * 1e3,
            used.cpu_seconds * 1e6 / static_cast<double>(what.count)};
}

void run(const cancel_run& what, std::size_t bursts) {
    const auto handles = what.some_handles();
    std::vector<burst_times> times;
    for (std::size_t i = 0; i < bursts; ++i)
        times.push_back(burst(what, handles));
    std::printf("{\"bench\":\"pool\",\"calls\":%zu,\"bursts\":%zu,\"max_connections\":%zu,"
                "\"depth\":%zu,\"first_ms\":%.3f,\"last_ms\":%.3f,\"cpu_us\":%.3f}\n",
                what.count,
                bursts,
                what.connections,
                what.depth,
                median(times, &burst_times::first_ms),
                median(times, &burst_times::last_ms),
                median(times, &burst_times::cpu_us));
}

} // namespace

int main(int argc, char** argv) try {
    CLI::App app{"Many cancels at once on a client without a connection"};
    cancel_run what;
    std::size_t bursts = 10;
    what.add_to(app);
    app.add_option("--bursts", bursts, "Clients, one after the other; the median counts")
        ->check(CLI::PositiveNumber);
    CLI11_PARSE(app, argc, argv);
    run(what, bursts);
} catch (const std::exception& why) {
    std::cerr << "bench_pool: " << why.what() << '\n';
    return 1;
}
