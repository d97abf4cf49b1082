#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <memory>

#include "redrive/errors.hpp"

namespace redrive {

/// Where every wait and every "now" of the library comes from: the real clocks, or a virtual one
/// that lets a test run hours in milliseconds.
///
/// Threads: as its owner; the real one may be shared by clients of several threads.
class time_source {
  public:
    using steady_time = std::chrono::steady_clock::time_point;
    using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

    virtual ~time_source() = default;

    /// Monotonic, for deadlines and durations.
    [[nodiscard]] virtual steady_time now() const = 0;
    /// UTC as this machine believes it, for signatures and records.
    [[nodiscard]] virtual wall_time wall_now() const = 0;

    /// One wait at a time.
    class timer {
      public:
        virtual ~timer() = default; ///< completes a pending wait with operation_aborted
        /// Completes without error at `when`, or with operation_aborted when cancelled by cancel()
        /// or by the handler's cancellation slot; never inside this call.
        virtual void async_wait_until(
            steady_time when, boost::asio::any_completion_handler<void(error_code)> handler) = 0;
        virtual void cancel() = 0;
    };
    /// A timer whose handlers run on their associated executor, else on `ex`.
    [[nodiscard]] virtual std::unique_ptr<timer> make_timer(
        const boost::asio::any_io_executor& ex) = 0;
};

/// The machine's own clocks.
[[nodiscard]] std::shared_ptr<time_source> real_time_source();

} // namespace redrive
