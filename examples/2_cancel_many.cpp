// Stops every redrive of the given queues, worst first, and prints one line for each.
//   2_cancel_many PROFILE ARN...      the profile may be a glob: 'prod-*'
#include <redrive/fleet.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <iostream>

namespace asio = boost::asio;
using namespace std::chrono_literals;

asio::awaitable<int> stop(std::string profile, std::vector<redrive::target> targets) {
    redrive::fleet_config config;
    config.profiles.push_back(std::move(profile));
    redrive::fleet fleet{co_await asio::this_coro::executor, std::move(config)};
    auto options = redrive::stop_options{}.deadline(60s);
    auto [ec, outcomes] = co_await fleet.async_cancel_all(
        std::move(targets), options, asio::as_tuple(asio::use_awaitable));
    if (ec) {
        redrive::diagnostics info;
        ec = fleet.check(info);
        std::cerr << ec.message() << ": " << info.message << '\n';
        co_return 1;
    }
    int unproven = 0;
    for (const auto& each : outcomes) { // one for each target, in the order given
        std::cout << each.input.text << ' ' << to_string(each.is) << ' '
                  << each.moved_at_stop.value_or(0) << ' ' << each.hint << '\n';
        using redrive::outcome;
        const bool over = each.is == outcome::stopped || each.is == outcome::already_finished ||
                          each.is == outcome::not_running;
        unproven += over ? 0 : 1;
    }
    co_return unproven == 0 ? 0 : 1;
}

int main(int argc, char** argv) {
    if (argc < 3) return std::cerr << "usage: 2_cancel_many PROFILE ARN...\n", 2;
    std::vector<redrive::target> targets;
    for (int i = 2; i < argc; ++i)
        targets.push_back(redrive::parse_target(argv[i], {}));
    asio::io_context context;
    int status = 1;
    asio::co_spawn(
        context, stop(argv[1], std::move(targets)), [&](std::exception_ptr, int s) { status = s; });
    context.run();
    return status;
}
