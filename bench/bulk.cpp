// Cancels streamed through one operation: what one costs this process.
//   bench_bulk --url URL --ca FILE --count N --depth N      against bench_null_server
//   bench_bulk --handles FILE ...                           region, keys and endpoint as usual
#include <boost/asio/io_context.hpp>

#include <cstdio>
#include <iostream>

#include "support/cancel_options.hpp"
#include "support/resources.hpp"

namespace {

using namespace redrive::bench;

// Cancels `count` handles, the first of them with number `first`.
void cancel(boost::asio::io_context& context,
            redrive::client& sqs,
            const cancel_run& what,
            const std::vector<redrive::task_handle>& handles,
            std::size_t first,
            std::size_t count,
            answer_check& answers) {
    std::size_t next = first;
    bool is_over = false;
    sqs.async_cancel_each(
        [&]() -> std::optional<redrive::task_handle> {
            if (next == first + count) return std::nullopt;
            return handles[next++ % handles.size()];
        },
        [&](std::uint64_t n, redrive::error_code ec, const redrive::cancel_result& result) {
            answers.add(first + n, ec, result);
        },
        // Twice the window: what is read leaves the next window waiting, whole.
        redrive::cancel_each_options{}.max_attempts(1).in_flight(2 * what.depth * what.connections),
        [&](redrive::error_code, const redrive::cancel_each_result&) { is_over = true; });
    while (!is_over)
        context.run_one();
}

void run(const cancel_run& what) {
    const auto handles = what.some_handles();
    boost::asio::io_context context{1};
    redrive::client sqs{context.get_executor(), what.config()};
    answer_check answers{what};
    cancel(context, sqs, what, handles, 0, 1, answers); // pays for the connection
    const auto before = resources::now();
    cancel(context, sqs, what, handles, 1, what.count, answers);
    const auto used = resources::now().since(before);
    std::printf("{\"bench\":\"bulk\",\"depth\":%zu,\"cancels\":%zu,\"ordered\":%zu,"
                "\"not_active\":%zu,\"failed\":%zu,\"cpu_us\":%.3f,\"per_second\":%.0f,"
                "\"peak_kib\":%ld}\n",
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

} // namespace

int main(int argc, char** argv) try {
    CLI::App app{"What a cancel costs in a stream of them"};
    cancel_run what;
    what.add_to(app);
    CLI11_PARSE(app, argc, argv);
    run(what);
} catch (const std::exception& why) {
    std::cerr << "bench_bulk: " << why.what() << '\n';
    return 1;
}
