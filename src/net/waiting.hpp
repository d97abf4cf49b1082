#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

#include "net/parking.hpp"
#include "redrive/time_source.hpp"

namespace redrive::net {

namespace asio = boost::asio;

// The token of every internal await: errors come back as values.
inline constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Suspends until `when`; operation_aborted when the coroutine or the timer is cancelled.
inline asio::awaitable<error_code> wait_until(time_source::timer& timer,
                                              time_source::steady_time when) {
    auto [ec] = co_await asio::async_initiate<decltype(as_result), void(error_code)>(
        [&timer, when](auto handler) { timer.async_wait_until(when, std::move(handler)); },
        as_result);
    co_return ec;
}

// Lets one coroutine sleep until others notify it. Notifications that come while it is awake are
// remembered as one.
class wakeup {
  public:
    explicit wakeup(asio::any_io_executor ex) : ex_{std::move(ex)}, waiter_{ex_} {}

    asio::awaitable<void> wait() {
        if (std::exchange(notified_, false)) co_return;
        co_await asio::async_initiate<decltype(asio::use_awaitable), void()>(
            [this](auto handler) { waiter_.park(std::move(handler)); }, asio::use_awaitable);
    }

    // The sleeper is resumed through the executor, never inside this call.
    void notify() {
        if (waiter_) {
            asio::post(ex_, [waiter = waiter_.take()]() mutable { std::move(waiter)(); });
        } else {
            notified_ = true;
        }
    }

  private:
    asio::any_io_executor ex_;
    parked_handler<void()> waiter_;
    bool notified_ = false;
};

} // namespace redrive::net
