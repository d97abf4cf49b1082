#include "net/resolver.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

#include "support/hanging_names.hpp"

namespace redrive::net {
namespace {

// Resolves in `context` and keeps the answer.
struct lookup_call {
    std::optional<resolved_host> result;
    asio::cancellation_signal stop;

    void start(asio::io_context& context, std::string host, std::uint16_t port = 443) {
        asio::co_spawn(context,
                       run(context, std::move(host), port),
                       asio::bind_cancellation_slot(stop.slot(), asio::detached));
    }

  private:
    asio::awaitable<void> run(asio::io_context& context, std::string host, std::uint16_t port) {
        co_await asio::this_coro::throw_if_cancelled(false);
        result = co_await resolve(context.get_executor(), std::move(host), port);
    }
};

TEST(Resolver, TakesAddressLiteralsAsTheyAre) {
    for (const auto* host : {"127.0.0.1", "::1", "2001:db8::7"}) {
        asio::io_context context;
        lookup_call it;
        it.start(context, host, 8443);
        context.run();
        ASSERT_TRUE(it.result) << host;
        EXPECT_FALSE(it.result->ec);
        ASSERT_EQ(it.result->addresses.size(), 1u);
        EXPECT_EQ(it.result->addresses[0].address().to_string(), host);
        EXPECT_EQ(it.result->addresses[0].port(), 8443);
    }
}

TEST(Resolver, FindsTheLoopbackAddressesOfLocalhost) {
    asio::io_context context;
    lookup_call it;
    it.start(context, "localhost", 443);
    context.run();
    ASSERT_TRUE(it.result);
    EXPECT_FALSE(it.result->ec);
    ASSERT_FALSE(it.result->addresses.empty());
    for (const auto& each : it.result->addresses) {
        EXPECT_TRUE(each.address().is_loopback());
        EXPECT_EQ(each.port(), 443);
    }
}

TEST(Resolver, FailsForANameThatNoResolverMayKnow) {
    asio::io_context context;
    lookup_call it;
    it.start(context, std::string(300, 'a')); // longer than any name can be (RFC 1035)
    context.run();
    ASSERT_TRUE(it.result);
    EXPECT_EQ(it.result->ec, client_errc::resolve_failed);
    EXPECT_TRUE(it.result->addresses.empty());
}

TEST(Resolver, ServesMoreNamesAtOnceThanItHasThreads) {
    asio::io_context context;
    std::vector<std::unique_ptr<lookup_call>> calls;
    for (int i = 0; i < 20; ++i)
        calls.emplace_back(std::make_unique<lookup_call>())->start(context, "localhost");
    context.run();
    for (const auto& each : calls) {
        ASSERT_TRUE(each->result);
        EXPECT_FALSE(each->result->ec);
    }
}

TEST(Resolver, EndsACancelledWaiterAtOnceWhileTheResolverHangs) {
    const test::hanging_names names;
    asio::io_context context;
    lookup_call it;
    it.start(context, "a.hangs.test");
    context.poll();
    names.wait_until_asked();
    context.poll();
    EXPECT_FALSE(it.result);
    it.stop.emit(asio::cancellation_type::terminal);
    context.run();
    ASSERT_TRUE(it.result);
    EXPECT_EQ(it.result->ec, asio::error::operation_aborted);
}

TEST(Resolver, FindsOtherNamesWhileOneHangs) {
    const test::hanging_names names;
    asio::io_context context;
    lookup_call hanging, other;
    hanging.start(context, "a.hangs.test");
    context.poll();
    names.wait_until_asked();
    other.start(context, "localhost");
    while (!other.result)
        context.run_one();
    EXPECT_FALSE(other.result->ec);
    EXPECT_FALSE(hanging.result);
    hanging.stop.emit(asio::cancellation_type::terminal);
    context.run();
}

TEST(Resolver, LetsItsContextGoAwayWhileTheResolverHangs) {
    const test::hanging_names names;
    lookup_call it;
    {
        asio::io_context context;
        it.start(context, "a.hangs.test");
        context.poll();
        names.wait_until_asked();
    }
    EXPECT_FALSE(it.result);
}

} // namespace
} // namespace redrive::net
