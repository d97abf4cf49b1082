// Two ways to bound a call: an absolute deadline over everything it does, and Asio's per-operation
// cancellation; each ends the call with an error code of its own.
//   3_deadline_and_cancellation HANDLE
#include <redrive/client.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <iostream>

namespace asio = boost::asio;
using namespace std::chrono_literals;

int main(int argc, char** argv) {
    const auto handle = redrive::task_handle::from_text(argc == 2 ? argv[1] : "");
    if (!handle) return std::cerr << "usage: 3_deadline_and_cancellation HANDLE\n", 2;
    asio::io_context context;
    redrive::client sqs{context.get_executor(),
                        {.region = handle->source() ? handle->source()->region : ""}};
    int as_expected = 0;

    // The deadline covers names, connections, TLS, credentials, every attempt and every pause.
    sqs.async_cancel(*handle,
                     redrive::cancel_options{}.deadline(1ms),
                     [&](redrive::error_code ec, redrive::cancel_result) {
                         std::cout << "deadline: " << ec.message() << '\n';
                         as_expected += ec == redrive::client_errc::deadline_exceeded;
                     });

    // Any completion token works; this one is a callback with a cancellation slot.
    asio::cancellation_signal signal;
    asio::steady_timer soon{context, 1ms};
    soon.async_wait([&](redrive::error_code) { signal.emit(asio::cancellation_type::terminal); });
    sqs.async_cancel(*handle,
                     redrive::cancel_options{},
                     asio::bind_cancellation_slot(
                         signal.slot(), [&](redrive::error_code ec, redrive::cancel_result) {
                             std::cout << "cancelled: " << ec.message() << '\n';
                             as_expected += ec == asio::error::operation_aborted;
                         }));
    context.run();
    return as_expected == 2 ? 0 : 1;
}
