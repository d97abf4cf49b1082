// Stops one redrive by its task handle and reads until the service shows it stopped.
//   1_cancel_one HANDLE        region, keys and endpoint as for every AWS tool
#include <redrive/client.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <iostream>

namespace asio = boost::asio;
using namespace std::chrono_literals;

asio::awaitable<int> stop(redrive::task_handle handle) {
    const auto ex = co_await asio::this_coro::executor;
    constexpr auto token = asio::as_tuple(asio::use_awaitable);
    redrive::client sqs{ex, {.region = handle.source() ? handle.source()->region : ""}};

    auto [ec, ordered] =
        co_await sqs.async_cancel(handle, redrive::cancel_options{}.deadline(10s), token);
    if (ec) {
        std::cerr << ec.message() << ": " << ordered.info.message << '\n';
        co_return 1;
    }
    std::cout << "ordered; about " << ordered.moved << " messages were moved by then\n";
    if (!handle.source()) co_return 0; // an opaque handle: nothing to list, so no proof

    asio::steady_timer pause{ex};
    for (int i = 0; i < 60; ++i) { // an accepted order is not a stop: only a reading proves one
        pause.expires_after(500ms);
        co_await pause.async_wait(asio::use_awaitable);
        auto [list_ec, listed] = co_await sqs.async_list_tasks(
            to_string(*handle.source()), redrive::list_tasks_options{}.max_results(1), token);
        if (list_ec || listed.tasks.empty() || !listed.tasks[0].status.is_terminal()) continue;
        std::cout << listed.tasks[0].status.text() << " after " << listed.tasks[0].moved
                  << " messages\n";
        co_return 0;
    }
    co_return 1;
}

int main(int argc, char** argv) {
    const auto handle = redrive::task_handle::from_text(argc == 2 ? argv[1] : "");
    if (!handle) return std::cerr << "usage: 1_cancel_one HANDLE\n", 2;
    asio::io_context context;
    int status = 1;
    asio::co_spawn(context, stop(*handle), [&](std::exception_ptr, int s) { status = s; });
    context.run();
    return status;
}
