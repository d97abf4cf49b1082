#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "support/cancel_bench.hpp"

namespace redrive::bench {

// One operation that takes the handles one by one.
inline void stream_cancels(cancel_bench& bench, std::size_t first, std::size_t count) {
    std::size_t next = first;
    bool is_over = false;
    bench.sqs.async_cancel_each(
        [&]() -> std::optional<task_handle> {
            if (next == first + count) return std::nullopt;
            return bench.handles[next++ % bench.handles.size()];
        },
        [&](std::uint64_t n, error_code ec, const cancel_result& result) {
            bench.answers.add(first + n, ec, result);
        },
        // Twice the window: what is read leaves the next window waiting, whole.
        cancel_each_options{}.max_attempts(1).in_flight(2 * bench.what.depth *
                                                        bench.what.connections),
        [&](error_code, const cancel_each_result&) { is_over = true; });
    while (!is_over)
        bench.context.run_one();
}

} // namespace redrive::bench
