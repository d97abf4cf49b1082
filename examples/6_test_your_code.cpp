// Tests code that cancels redrives, without a network: a service in memory answers by a script.
//   6_test_your_code      exits with 0 when the code does what it should
#include <redrive/client.hpp>
#include <redrive/testing.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <iostream>

namespace asio = boost::asio;
namespace testing = redrive::testing;

// The code under test: whether the redrive of this handle is ordered to stop, or over already.
asio::awaitable<bool> stop(redrive::client& sqs, redrive::task_handle handle) {
    redrive::error_code ec;
    co_await sqs.async_cancel(std::move(handle), {}, asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec || ec == redrive::service_errc::task_not_active;
}

// What the code makes of a service that gives these answers, one after the other.
bool stops(std::vector<testing::reply> answers) {
    asio::io_context context;
    std::size_t next = 0;
    const auto service = std::make_shared<testing::scripted_service>(
        [&](const testing::request&) { return answers.at(next++); });
    redrive::client sqs{context.get_executor(),
                        {.region = "eu-west-1",
                         .identity = redrive::credentials{"AKIDEXAMPLE", redrive::secret_text{"s"}},
                         .service = service}};
    bool stopped = false;
    asio::co_spawn(context,
                   stop(sqs, *redrive::task_handle::from_text("AQEBzZ")),
                   [&](std::exception_ptr, bool result) { stopped = result; });
    context.run();
    return stopped && service->requests().size() == answers.size();
}

int main() {
    using testing::reply;
    const reply done{.body = R"({"ApproximateNumberOfMessagesMoved":7})"};
    const bool good = stops({done}) && stops({reply::error("RequestThrottled"), done}) &&
                      stops({reply::connection_lost(), done}) &&
                      stops({reply::error("InvalidParameterValueException",
                                          "Only active tasks can be cancelled.")});
    std::cout << (good ? "good\n" : "bad\n");
    return good ? 0 : 1;
}
