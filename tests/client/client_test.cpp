#if defined(__GNUC__) && !defined(__clang__)
// GCC 12 sees an uninitialised use in Asio's use_future when sanitizers are on; there is none.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "redrive/client.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "client_rig.hpp"

namespace redrive {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using test::http_reply;
using test::peer_security;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Client, CancelsATaskOverTls) {
    client_rig it{peer_security::tls};
    it.peer.connection().expect(1).reply(moved(7));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, error_code{});
    EXPECT_EQ(call.result.moved, 7);
    EXPECT_EQ(call.result.info.attempts, 1u);
    EXPECT_EQ(call.result.info.phase, call_phase::none);
    const auto& seen = it.peer.requests().at(0);
    EXPECT_EQ(seen.header("X-Amz-Target"), "AmazonSQS.CancelMessageMoveTask");
    EXPECT_EQ(seen.request.body, "{\"TaskHandle\":\"" + handle_of(1).text() + "\"}");
}

TEST(Client, PerformsEachOperation) {
    client_rig it;
    auto& script = it.peer.connection();
    int ended = 0;
    const auto expect = [&](const char* body) { script.expect(1).reply(http_reply(body)); };
    expect(R"({"Results":[{"Status":"RUNNING","TaskHandle":"h"}]})");
    expect(R"({"TaskHandle":"AQEB"})");
    expect(R"({"QueueUrls":["http://q/1"],"NextToken":"n"})");
    expect(R"({"QueueUrl":"http://q/1"})");
    expect(R"({"Attributes":{"QueueArn":"arn"}})");
    expect(R"({"queueUrls":["http://q/2"]})");

    const auto run = [&](const char* target) {
        const auto wanted = static_cast<std::size_t>(ended) + 1;
        ASSERT_TRUE(it.world.run_until([&] { return ended == static_cast<int>(wanted); }));
        EXPECT_EQ(it.peer.requests().at(wanted - 1).header("X-Amz-Target"),
                  std::string{"AmazonSQS."} + target);
    };
    it.sqs().async_list_tasks(some_arn, {}, [&](error_code ec, list_tasks_result result) {
        EXPECT_FALSE(ec);
        ASSERT_EQ(result.tasks.size(), 1u);
        EXPECT_EQ(result.tasks[0].handle, "h");
        ++ended;
    });
    run("ListMessageMoveTasks");
    it.sqs().async_start(some_arn, {}, [&](error_code ec, start_result result) {
        EXPECT_FALSE(ec);
        EXPECT_EQ(result.task_handle, "AQEB");
        ++ended;
    });
    run("StartMessageMoveTask");
    it.sqs().async_list_queues({}, [&](error_code ec, list_queues_result result) {
        EXPECT_FALSE(ec);
        EXPECT_THAT(result.queue_urls, ElementsAre("http://q/1"));
        EXPECT_EQ(result.next_token, "n");
        ++ended;
    });
    run("ListQueues");
    it.sqs().async_queue_url("orders", {}, [&](error_code ec, queue_url_result result) {
        EXPECT_FALSE(ec);
        EXPECT_EQ(result.queue_url, "http://q/1");
        ++ended;
    });
    run("GetQueueUrl");
    it.sqs().async_queue_attributes(
        "http://q/1", {}, [&](error_code ec, queue_attributes_result result) {
            EXPECT_FALSE(ec);
            EXPECT_THAT(result.attributes, ElementsAre(std::pair{"QueueArn", "arn"}));
            ++ended;
        });
    run("GetQueueAttributes");
    it.sqs().async_list_sources("http://q/1", {}, [&](error_code ec, list_queues_result result) {
        EXPECT_FALSE(ec);
        EXPECT_THAT(result.queue_urls, ElementsAre("http://q/2"));
        ++ended;
    });
    run("ListDeadLetterSourceQueues");
}

TEST(Client, NeverCompletesInsideTheInitiatingCall) {
    client_rig it;
    it.peer.connection().serve(moved_of);
    EXPECT_FALSE(it.cancel(1).done());
    EXPECT_FALSE(it.list("not an ARN").done());
    ASSERT_TRUE(it.run_until_done());
    EXPECT_FALSE(it.cancel(2).done());
    ASSERT_TRUE(it.run_until_done());
}

TEST(Client, RefusesArgumentsThatCannotBeSent) {
    client_rig it;
    it.list("not an ARN");
    it.list(some_arn, list_tasks_options{}.max_results(0));
    it.list(some_arn, list_tasks_options{}.max_results(11));
    it.start(start_options{}.destination("arn:aws:s3:::bucket"));
    it.start(start_options{}.max_rate(0));
    it.start(start_options{}.max_rate(501));
    ASSERT_TRUE(it.run_until_done());
    for (const auto& call : it.lists) {
        EXPECT_EQ(call.ec, client_errc::invalid_argument);
        EXPECT_EQ(call.result.info.phase, call_phase::configure);
        EXPECT_FALSE(call.result.info.message.empty());
    }
    for (const auto& call : it.starts)
        EXPECT_EQ(call.ec, client_errc::invalid_argument);
    EXPECT_EQ(it.peer.connections(), 0u);
}

TEST(Client, ReportsWhatTheServiceSays) {
    client_rig it;
    it.peer.connection().expect(1).reply(
        failed("ResourceNotFoundException", "404 Not Found", "x-amzn-RequestId: id-1\r\n"));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, service_errc::resource_not_found);
    const auto& info = call.result.info;
    EXPECT_EQ(info.phase, call_phase::service);
    EXPECT_EQ(info.type_code, "ResourceNotFoundException");
    EXPECT_EQ(info.message, "it says ResourceNotFoundException");
    EXPECT_EQ(info.request_id, "id-1");
    EXPECT_EQ(info.http_status, 404u);
    EXPECT_EQ(info.address, "127.0.0.1:" + std::to_string(it.peer.port()));
    EXPECT_FALSE(info.maybe_applied);
}

TEST(Client, SaysThatAReplyIsNotWhatWasExpected) {
    for (const auto* body : {"{", "[]", "<html>", R"({"ApproximateNumberOfMessagesMoved":"x"})"}) {
        client_rig it;
        it.peer.connection().expect(1).reply(http_reply(body));
        auto& call = it.cancel(1);
        ASSERT_TRUE(it.run_until_done());
        EXPECT_EQ(call.ec, client_errc::reply_malformed) << body;
        EXPECT_EQ(call.result.info.phase, call_phase::parse);
        EXPECT_TRUE(call.result.info.maybe_applied);
        EXPECT_EQ(it.peer.requests().size(), 1u) << "no retry mends it";
    }
}

TEST(Client, RefusesAReplyBeyondTheBound) {
    client_rig it;
    it.config.transport.max_reply_bytes = 1000;
    it.peer.connection().expect(1).reply(http_reply(std::string(1001, ' ')));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::reply_too_large);
    EXPECT_EQ(call.result.info.message, "more than 1000 bytes");
}

TEST(Client, NeverTakesAnotherQueuesListForItsOwn) {
    client_rig it;
    it.peer.afterwards().serve([](const test::seen_request&) {
        return http_reply(
            R"({"Results":[{"SourceArn":"arn:aws:sqs:eu-west-1:123456789012:other"}]})");
    });
    auto& call = it.list();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::reply_malformed);
    EXPECT_TRUE(call.result.tasks.empty());
    EXPECT_EQ(call.result.info.message, "the reply names another queue");
}

// The answer to the first is missing: each later one names the queue of its neighbour.
TEST(Client, SendsAWindowOfListsAgainWhoseAnswersSlipped) {
    client_rig it;
    it.pipeline(3);
    const auto arn = [](int n) { return some_arn + std::to_string(n); };
    const auto tasks_of = [](const std::string& queue) {
        return http_reply(R"({"Results":[{"SourceArn":")" + queue + R"("}]})");
    };
    it.peer.connection().expect(3).reply(tasks_of(arn(2)) + tasks_of(arn(3))).expect_end();
    it.peer.afterwards().serve([&](const test::seen_request& seen) {
        const auto begin = seen.request.body.find("arn:");
        return tasks_of(seen.request.body.substr(begin, std::string{some_arn}.size() + 1));
    });
    for (int n = 1; n <= 3; ++n)
        it.list(arn(n));
    ASSERT_TRUE(it.run_until_done());
    for (int n = 1; n <= 3; ++n) {
        const auto& call = it.lists[static_cast<std::size_t>(n - 1)];
        EXPECT_EQ(call.ec, error_code{});
        ASSERT_EQ(call.result.tasks.size(), 1u);
        EXPECT_EQ(call.result.tasks[0].source_arn, arn(n));
        EXPECT_EQ(call.result.info.resent, 1u);
    }
}

TEST(Client, NamesASettingThatIsWrong) {
    client_rig it;
    it.config.endpoint_url = "ftp://example";
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::bad_configuration);
    EXPECT_EQ(call.result.info.phase, call_phase::configure);
    EXPECT_THAT(call.result.info.message, HasSubstr("client_config::endpoint_url"));
}

TEST(Client, NamesABundleThatIsMissing) {
    client_rig it{peer_security::tls};
    it.config.ca_bundle = "/no/such.pem";
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::bad_ca_bundle);
    EXPECT_EQ(call.result.info.message, "CA bundle /no/such.pem does not exist");
}

TEST(Client, RefusesMoreWaitingCallsThanItsBound) {
    client_rig it;
    it.config.transport.max_waiting = 2;
    it.peer.connection().serve(moved_of);
    for (int n = 1; n <= 3; ++n)
        it.cancel(n);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.cancels[0].result.moved, 1001);
    EXPECT_EQ(it.cancels[1].result.moved, 1002);
    EXPECT_EQ(it.cancels[2].ec, client_errc::queue_full);
    EXPECT_EQ(it.cancels[2].result.info.phase, call_phase::pool);
}

// --- completion tokens

TEST(Client, CanBeAwaited) {
    client_rig it;
    it.peer.connection().serve(moved_of);
    std::vector<std::int64_t> counts;
    asio::co_spawn(
        it.world.context,
        [&]() -> asio::awaitable<void> {
            auto& sqs = it.sqs();
            const auto one = co_await sqs.async_cancel(handle_of(1), {}, asio::use_awaitable);
            counts.push_back(one.moved);
            const auto two = co_await sqs.async_cancel(handle_of(2), {}, asio::deferred);
            counts.push_back(two.moved);
            constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
            const auto three = co_await sqs.async_cancel(handle_of(3), {}, tuple);
            counts.push_back(std::get<1>(three).moved);
        },
        asio::detached);
    ASSERT_TRUE(it.world.run_until([&] { return counts.size() == 3; }));
    EXPECT_THAT(counts, ElementsAre(1001, 1002, 1003));
}

TEST(Client, GivesAFuture) {
    client_rig it;
    it.peer.connection().serve(moved_of);
    auto future = it.sqs().async_cancel(handle_of(1), {}, asio::use_future);
    ASSERT_TRUE(
        it.world.run_until([&] { return future.wait_for(0s) == std::future_status::ready; }));
    EXPECT_EQ(future.get().moved, 1001);
}

TEST(Client, StartsADeferredCallOnlyWhenItIsLaunched) {
    client_rig it;
    it.peer.connection().serve(moved_of);
    auto later = it.sqs().async_cancel(handle_of(1), {}, asio::deferred);
    it.world.settle();
    EXPECT_EQ(it.peer.connections(), 0u);
    std::int64_t count = 0;
    std::move(later)([&](error_code, cancel_result result) { count = result.moved; });
    ASSERT_TRUE(it.world.run_until([&] { return count != 0; }));
    EXPECT_EQ(count, 1001);
}

TEST(Client, CallsAHandlerOnItsOwnExecutor) {
    client_rig it;
    it.peer.connection().serve(moved_of);
    const auto strand = asio::make_strand(it.world.context);
    bool done = false;
    it.sqs().async_cancel(handle_of(1), {}, asio::bind_executor(strand, [&](error_code, auto) {
                              EXPECT_TRUE(strand.running_in_this_thread());
                              done = true;
                          }));
    ASSERT_TRUE(it.world.run_until([&] { return done; }));
}

// The other context has nothing else to do; it must not end before its handler was called.
TEST(Client, KeepsTheContextOfAHandlerAtWork) {
    client_rig it;
    it.peer.connection().serve(moved_of);
    asio::io_context elsewhere;
    bool done = false;
    it.sqs().async_cancel(
        handle_of(1), {}, asio::bind_executor(elsewhere, [&](error_code, auto) { done = true; }));
    std::thread thread{[&] { elsewhere.run(); }};
    it.world.run_until([&] { return it.peer.requests().size() == 1; });
    it.world.settle();
    thread.join();
    EXPECT_TRUE(done);
}

// Temporaries with members that own memory live across the suspension.
TEST(Client, OwnsTemporaryOptionsOfEveryOperationWhileItIsAwaited) {
    client_rig it;
    it.peer.connection().serve([](const test::seen_request&) { return http_reply("{}"); });
    const std::string text(200, 'x');
    bool done = false;
    asio::co_spawn(
        it.world.context,
        [&]() -> asio::awaitable<void> {
            auto& sqs = it.sqs();
            constexpr auto token = asio::use_awaitable;
            co_await sqs.async_cancel(
                handle_of(1), cancel_options{}.deadline(1h).max_attempts(2), token);
            co_await sqs.async_list_tasks(
                std::string{some_arn}, list_tasks_options{}.deadline(1h).max_results(3), token);
            co_await sqs.async_start(
                std::string{some_arn},
                start_options{}.destination(std::string{some_arn} + "-two").max_rate(5),
                token);
            co_await sqs.async_list_queues(list_queues_options{}.name_prefix(text).next_token(text),
                                           token);
            co_await sqs.async_queue_url(std::string(60, 'q'), call_options{}.deadline(1h), token);
            co_await sqs.async_queue_attributes(
                "http://q/" + text,
                queue_attributes_options{}.names(std::vector<std::string>(2, text)),
                token);
            co_await sqs.async_list_sources(
                "http://q/" + text, list_queues_options{}.next_token(text), token);
            done = true;
        },
        asio::detached);
    ASSERT_TRUE(it.world.run_until([&] { return done; }));
    ASSERT_EQ(it.peer.requests().size(), 7u);
    EXPECT_THAT(it.peer.requests()[3].request.body, HasSubstr("\"NextToken\":\"" + text + "\""));
}

} // namespace
} // namespace redrive
