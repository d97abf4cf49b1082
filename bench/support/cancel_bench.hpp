#pragma once

#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <cstdio>
#include <deque>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "support/cancel_options.hpp"
#include "support/resources.hpp"

namespace redrive::bench {

// One client and what it is told to cancel.
struct cancel_bench {
    explicit cancel_bench(const cancel_run& how)
        : what{how}, handles{how.some_handles()}, sqs{context.get_executor(), how.config()},
          answers{how} {}

    const cancel_run& what;
    std::vector<task_handle> handles; // the n-th cancel's is number n, modulo their count
    boost::asio::io_context context{1};
    client sqs;
    answer_check answers;
};

// Cancels `count` handles, the first of them with number `first`; returns when each has its answer.
using cancel_loop = void (*)(cancel_bench& bench, std::size_t first, std::size_t count);

// All clients at once, each in a thread of its own.
inline void cancel_in_threads(std::deque<cancel_bench>& benches,
                              cancel_loop cancel,
                              std::size_t first,
                              std::size_t count) {
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < benches.size(); ++i)
        others.emplace_back(cancel, std::ref(benches[i]), first, count);
    cancel(benches.front(), first, count);
    for (auto& each : others)
        each.join();
}

inline void measure(const char* name, const cancel_run& what, cancel_loop cancel) {
    std::deque<cancel_bench> benches;
    for (std::size_t i = 0; i < what.clients; ++i)
        benches.emplace_back(what);
    cancel_in_threads(benches, cancel, 0, 1); // pays for the connections
    const auto before = resources::now();
    cancel_in_threads(benches, cancel, 1, what.count);
    const auto used = resources::now().since(before);
    answer_check answers{what};
    for (const auto& each : benches)
        answers.add(each.answers);
    const auto cancels = what.count * what.clients;
    std::printf("{\"bench\":\"%s\",\"clients\":%zu,\"depth\":%zu,\"cancels\":%zu,\"ordered\":%zu,"
                "\"not_active\":%zu,\"failed\":%zu,\"cpu_us\":%.3f,\"per_second\":%.0f,"
                "\"peak_kib\":%ld}\n",
                name,
                what.clients,
                what.depth,
                cancels,
                answers.ordered,
                answers.not_active,
                answers.failed,
                used.cpu_seconds * 1e6 / static_cast<double>(cancels),
                static_cast<double>(cancels) / used.wall_seconds,
                used.peak_kib);
    if (answers.failed > 0) throw std::runtime_error{answers.first_failure};
}

// The whole program `bench_<name>`.
inline int cancel_main(
    int argc, char** argv, const char* name, const char* description, cancel_loop cancel) try {
    CLI::App app{description};
    cancel_run what;
    what.add_to(app);
    CLI11_PARSE(app, argc, argv);
    measure(name, what, cancel);
    return 0;
} catch (const std::exception& why) {
    std::cerr << "bench_" << name << ": " << why.what() << '\n';
    return 1;
}

} // namespace redrive::bench
