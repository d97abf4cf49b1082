#pragma once

#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <cstdio>
#include <iostream>
#include <stdexcept>
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

inline void measure(const char* name, const cancel_run& what, cancel_loop cancel) {
    cancel_bench bench{what};
    cancel(bench, 0, 1); // pays for the connection
    const auto before = resources::now();
    cancel(bench, 1, what.count);
    const auto used = resources::now().since(before);
    const auto& answers = bench.answers;
    std::printf("{\"bench\":\"%s\",\"depth\":%zu,\"cancels\":%zu,\"ordered\":%zu,"
                "\"not_active\":%zu,\"failed\":%zu,\"cpu_us\":%.3f,\"per_second\":%.0f,"
                "\"peak_kib\":%ld}\n",
                name,
                what.depth,
                what.count,
                answers.ordered,
                answers.not_active,
                answers.failed,
                used.cpu_seconds * 1e6 / static_cast<double>(what.count),
                static_cast<double>(what.count) / used.wall_seconds,
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
