// How much memory a fleet needs that cancels many handles of one account as they come.
//   bench_memory --url URL --ca FILE --count N      against bench_null_server
// One run for each count: the peak is the process's.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdio>
#include <exception>
#include <iostream>
#include <stdexcept>

#include "redrive/fleet.hpp"
#include "support/cancel_options.hpp"
#include "support/resources.hpp"

namespace {

namespace asio = boost::asio;
using namespace redrive::bench;

redrive::fleet_config fleet_of(const cancel_run& what) {
    const auto client = what.config();
    redrive::fleet_config out;
    auto& account = out.accounts.emplace_back();
    account.name = "bench";
    account.keys = client.identity.value();
    account.account = "100000000001";
    account.region = client.region;
    account.endpoint_url = client.endpoint_url;
    account.ca_bundle = client.ca_bundle;
    out.transport = client.transport;
    out.rate = 0;
    return out;
}

asio::awaitable<redrive::stop_report> stop(redrive::fleet& fleet, std::uint64_t count) {
    auto run = fleet.start_stop(
        redrive::stop_options{}.proven_by(redrive::stop_options::proof::order_only));
    for (std::uint64_t n = 0; n < count; ++n) {
        auto each = redrive::parse_target(numbered_handle(n), {});
        each.input.index = n;
        co_await run.async_push(std::move(each), asio::use_awaitable);
    }
    co_return co_await run.async_finish(asio::use_awaitable);
}

void run(const cancel_run& what) {
    asio::io_context context{1};
    redrive::fleet fleet{context.get_executor(), fleet_of(what)};
    redrive::stop_report report;
    bool is_over = false;
    const auto before = resources::now();
    asio::co_spawn(context,
                   stop(fleet, what.count),
                   [&](const std::exception_ptr& failed, redrive::stop_report done) {
                       if (failed) std::rethrow_exception(failed);
                       report = std::move(done);
                       is_over = true;
                   });
    while (!is_over) // its idle connections live longer
        context.run_one();
    const auto used = resources::now().since(before);
    const auto accepted = report.count(redrive::outcome::accepted);
    std::printf("{\"bench\":\"memory\",\"handles\":%zu,\"accepted\":%lu,\"peak_kib\":%ld,"
                "\"start_kib\":%ld,\"cpu_us\":%.3f,\"per_second\":%.0f}\n",
                what.count,
                accepted,
                used.peak_kib,
                before.peak_kib,
                used.cpu_seconds * 1e6 / static_cast<double>(what.count),
                static_cast<double>(what.count) / used.wall_seconds);
    if (accepted != what.count) throw std::runtime_error{"not every order was accepted"};
}

} // namespace

int main(int argc, char** argv) try {
    CLI::App app{"The memory of a fleet that cancels handles as they come"};
    cancel_run what;
    what.add_to(app);
    app.get_option("--url")->required();
    CLI11_PARSE(app, argc, argv);
    run(what);
} catch (const std::exception& why) {
    std::cerr << "bench_memory: " << why.what() << '\n';
    return 1;
}
