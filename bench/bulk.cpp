// Cancels in bulk over one TLS connection: how many a second, and what each costs this process.
//   bench_bulk COUNT DEPTH < HANDLES       region, keys, endpoint and roots as for every AWS tool
// Each reply is checked: the order was taken, or the service said that the task was not active any
// more, since handles are used again when there are fewer than COUNT.
#include <redrive/client.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sys/resource.h>

#include <charconv>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

namespace asio = boost::asio;

namespace {

struct tally {
    std::size_t left = 0, next = 0, ordered = 0, not_active = 0, failed = 0;
    std::string first_failure;
};

asio::awaitable<void> cancel_some(redrive::client& sqs,
                                  const std::vector<redrive::task_handle>& handles,
                                  tally& counts) {
    while (counts.left > 0) {
        --counts.left;
        const auto& handle = handles[counts.next++ % handles.size()];
        auto reply = co_await sqs.async_cancel(
            handle, redrive::cancel_options{}.max_attempts(1), asio::as_tuple(asio::use_awaitable));
        const auto& [ec, result] = reply;
        if (!ec) {
            ++counts.ordered;
        } else if (ec == redrive::service_errc::task_not_active) {
            ++counts.not_active;
        } else if (counts.failed++ == 0) {
            counts.first_failure = ec.message() + ": " + result.info.message;
        }
    }
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::size_t number(std::string_view text) {
    std::size_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

int main(int argc, char** argv) {
    const std::size_t count = argc == 3 ? number(argv[1]) : 0;
    const std::size_t depth = argc == 3 ? number(argv[2]) : 0;
    if (count == 0 || depth == 0)
        return std::cerr << "usage: bench_bulk COUNT DEPTH < HANDLES\n", 2;
    std::vector<redrive::task_handle> handles;
    for (std::string line; std::getline(std::cin, line);)
        if (const auto handle = redrive::task_handle::from_text(line)) handles.push_back(*handle);
    if (handles.empty()) return std::cerr << "no handles on standard input\n", 2;

    asio::io_context context{1};
    redrive::client_config config;
    config.transport.max_connections = 1;
    config.transport.pipelining = redrive::pipelining::fixed;
    config.transport.max_depth = depth;
    redrive::client sqs{context.get_executor(), config};
    tally counts;
    counts.left = count;
    const auto cpu_before = cpu_seconds();
    const auto began = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < depth; ++i)
        asio::co_spawn(context, cancel_some(sqs, handles, counts), asio::detached);
    while (counts.ordered + counts.not_active + counts.failed < count)
        context.run_one();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    const auto cpu = cpu_seconds() - cpu_before;
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    std::printf("{\"depth\":%zu,\"cancels\":%zu,\"ordered\":%zu,\"not_active\":%zu,\"failed\":%zu,"
                "\"per_second\":%.0f,\"cpu_us_per_cancel\":%.2f,\"peak_kib\":%ld}\n",
                depth,
                count,
                counts.ordered,
                counts.not_active,
                counts.failed,
                static_cast<double>(count) / took.count(),
                cpu * 1e6 / static_cast<double>(count),
                used.ru_maxrss);
    if (counts.failed > 0) std::cerr << counts.first_failure << '\n';
    return counts.failed == 0 ? 0 : 1;
}
