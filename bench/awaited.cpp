// Coroutines that each await a cancel of their own: what one costs this process.
//   bench_awaited --url URL --ca FILE --count N --depth N      against bench_null_server
//   bench_awaited --handles FILE ...                           region, keys and endpoint as usual
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdio>
#include <iostream>

#include "support/cancel_options.hpp"
#include "support/resources.hpp"

namespace {

namespace asio = boost::asio;
using namespace redrive::bench;

struct work {
    redrive::client& sqs;
    const std::vector<redrive::task_handle>& handles;
    std::size_t next, end;
    answer_check& answers;
};

asio::awaitable<void> cancel_some(work& todo) {
    while (todo.next < todo.end) {
        const auto n = todo.next++;
        const auto reply = co_await todo.sqs.async_cancel(todo.handles[n % todo.handles.size()],
                                                          redrive::cancel_options{}.max_attempts(1),
                                                          asio::as_tuple(asio::use_awaitable));
        todo.answers.add(n, std::get<0>(reply), std::get<1>(reply));
    }
}

void run(const cancel_run& what) {
    const auto handles = what.some_handles();
    asio::io_context context{1};
    redrive::client sqs{context.get_executor(), what.config()};
    answer_check answers{what};
    // The first pays for the connection, and is not counted.
    work warm_up{sqs, handles, 0, 1, answers};
    asio::co_spawn(context, cancel_some(warm_up), asio::detached);
    while (answers.all() < 1)
        context.run_one();
    work todo{sqs, handles, 1, what.count + 1, answers};
    const auto before = resources::now();
    for (std::size_t i = 0; i < what.depth * what.connections; ++i)
        asio::co_spawn(context, cancel_some(todo), asio::detached);
    while (answers.all() <= what.count)
        context.run_one();
    const auto used = resources::now().since(before);
    std::printf("{\"bench\":\"awaited\",\"depth\":%zu,\"cancels\":%zu,\"ordered\":%zu,"
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
    CLI::App app{"What an individually awaited cancel costs"};
    cancel_run what;
    what.add_to(app);
    CLI11_PARSE(app, argc, argv);
    run(what);
} catch (const std::exception& why) {
    std::cerr << "bench_awaited: " << why.what() << '\n';
    return 1;
}
