#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "support/cancel_bench.hpp"

namespace redrive::bench {

inline boost::asio::awaitable<void> await_some(cancel_bench& bench,
                                               std::size_t& next,
                                               std::size_t end) {
    while (next < end) {
        const auto n = next++;
        const auto reply =
            co_await bench.sqs.async_cancel(bench.handles[n % bench.handles.size()],
                                            cancel_options{}.max_attempts(1),
                                            boost::asio::as_tuple(boost::asio::use_awaitable));
        bench.answers.add(n, std::get<0>(reply), std::get<1>(reply));
    }
}

// As many coroutines as requests may be in flight, each awaiting one cancel after the other.
inline void await_cancels(cancel_bench& bench, std::size_t first, std::size_t count) {
    const auto end = first + count, coroutines = bench.what.depth * bench.what.connections;
    const auto answered = bench.answers.all() + count;
    auto next = first;
    for (std::size_t i = 0; i < std::min(coroutines, count); ++i)
        boost::asio::co_spawn(bench.context, await_some(bench, next, end), boost::asio::detached);
    while (bench.answers.all() < answered)
        bench.context.run_one();
    // The last to end still look at `next`.
    bench.context.poll();
}

} // namespace redrive::bench
