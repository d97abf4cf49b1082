#include "net/pool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pool_rig.hpp"
#include "support/hanging_names.hpp"

namespace redrive::net {
namespace {

using namespace std::chrono_literals;
using flow::lane;
using flow::traffic_class;
using test::gate;
using test::http_reply;
using test::peer_security;

constexpr lane cancels_of(std::uint32_t account) {
    return {traffic_class::cancels, account};
}
constexpr lane lists_of(std::uint32_t account) {
    return {traffic_class::others, account};
}

TEST(Pool, LearnsTheDepthFromWholeWindowsInOrder) {
    pool_rig it;
    it.limits.max_depth = 8;
    it.peer.connection().serve(echo);
    EXPECT_EQ(it.open().stats().depth, 1u);
    for (int i = 0; i < 40; ++i)
        it.submit(std::to_string(i));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.open().stats().depth, 8u);
    EXPECT_EQ(it.peer.connections(), 1u);
}

TEST(Pool, StaysAtOneRequestWhenPipeliningIsOff) {
    pool_rig it;
    it.limits.pipelining = flow::depth::mode::off;
    it.peer.connection().serve(echo);
    for (int i = 0; i < 20; ++i)
        it.submit(std::to_string(i));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.open().stats().depth, 1u);
}

TEST(Pool, FallsBackToOneForEverAfterALossInTheMiddleOfAWindow) {
    pool_rig it;
    it.pipeline(4);
    it.peer.connection().expect(4).reply(http_reply("a")).close();
    it.peer.afterwards().serve(echo);
    for (const auto* name : {"a", "b", "c", "d"})
        it.submit(name);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.open().stats().depth, 1u);
    for (int i = 0; i < 40; ++i)
        it.submit(std::to_string(i));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.open().stats().depth, 1u);
}

// The server answers one request per connection: deeper windows never came back whole.
TEST(Pool, LearnsNoDepthFromWindowsThatAnAnnouncedCloseCutShort) {
    pool_rig it;
    it.limits.max_depth = 16;
    it.peer.afterwards()
        .expect(1)
        .reply(http_reply("x", "200 OK", "Connection: close\r\n"))
        .close();
    for (int i = 0; i < 30; ++i)
        it.submit(std::to_string(i));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_LE(it.open().stats().depth, 2u);
    EXPECT_EQ(it.open().stats().lost, 0u);
}

TEST(Pool, OpensConnectionsForWhatWaitsUpToItsBound) {
    pool_rig it;
    it.limits.max_connections = 3;
    it.peer.afterwards().expect_end();
    for (int i = 0; i < 10; ++i)
        it.submit(std::to_string(i));
    it.world.settle();
    EXPECT_EQ(it.peer.connections(), 3u);
    EXPECT_EQ(it.open().stats().open, 3u);
    EXPECT_EQ(it.open().stats().waiting, 7u);
    it.open().allow_connections(5);
    it.submit("one more");
    it.world.settle();
    EXPECT_EQ(it.peer.connections(), 5u);
}

TEST(Pool, RefusesMoreWaitingCallsThanItsBound) {
    pool_rig it;
    it.limits.max_waiting = 2;
    it.peer.afterwards().serve(echo);
    it.submit("a");
    it.submit("b");
    EXPECT_TRUE(it.was_taken());
    it.submit("c");
    EXPECT_FALSE(it.was_taken());
    ASSERT_TRUE(it.world.run_until([&] { return it.open().stats().replies == 2; }));
    EXPECT_EQ(it.arrived(), "a b");
}

TEST(Pool, NeverAnswersInsideSubmit) {
    pool_rig it;
    it.peer.connection().serve(echo);
    auto& a = it.submit("a");
    EXPECT_FALSE(a.done());
    ASSERT_TRUE(it.run_until_done());
    auto& b = it.submit("b"); // on the open connection
    EXPECT_FALSE(b.done());
    ASSERT_TRUE(it.run_until_done());
}

TEST(Pool, SendsCancelsBeforeEverythingElse) {
    pool_rig it;
    it.peer.connection().serve(echo);
    it.submit("list-1", lists_of(1));
    it.submit("list-2", lists_of(1));
    it.submit("cancel-1", cancels_of(1));
    it.submit("cancel-2", cancels_of(2));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.arrived(), "cancel-1 cancel-2 list-1 list-2");
}

TEST(Pool, LetsACancelOvertakeListsThatWaitForAnOpenWindow) {
    pool_rig it;
    it.pipeline(4);
    gate opened;
    it.peer.connection().expect(1).until(opened).reply(http_reply("1")).serve(echo);
    it.submit("list-1", lists_of(1));
    it.world.settle();
    it.submit("cancel", cancels_of(1));
    it.submit("list-2", lists_of(1));
    it.world.settle();
    EXPECT_EQ(it.arrived(), "list-1") << "an open window of lists takes no cancel";
    opened.open();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.arrived(), "list-1 cancel list-2");
}

// Each window is answered only when it is complete, so that a foreign request would show in it.
TEST(Pool, NeverSharesAnOpenWindowBetweenAccounts) {
    pool_rig it;
    it.pipeline(8);
    gate first, second;
    it.peer.connection()
        .expect(2)
        .until(first)
        .reply(http_reply("1") + http_reply("2"))
        .expect(2)
        .until(second)
        .reply(http_reply("3") + http_reply("4"));
    it.submit("a1", cancels_of(1));
    it.submit("b1", cancels_of(2));
    it.submit("a2", cancels_of(1));
    it.submit("b2", cancels_of(2));
    it.world.settle();
    EXPECT_EQ(it.arrived(), "a1 a2");
    first.open();
    it.world.settle();
    EXPECT_EQ(it.arrived(), "a1 a2 b1 b2");
    second.open();
    ASSERT_TRUE(it.run_until_done());
}

TEST(Pool, LetsNoAccountKeepAWindowWhileAnotherWaits) {
    pool_rig it;
    it.pipeline(2);
    it.peer.connection().serve(echo);
    for (int i = 0; i < 100; ++i)
        it.submit("a", cancels_of(1));
    auto& b = it.submit("b", cancels_of(2));
    ASSERT_TRUE(it.world.run_until([&] { return b.done(); }));
    EXPECT_LE(it.peer.requests().size(), 20u);
    ASSERT_TRUE(it.run_until_done());
}

TEST(Pool, TellsEveryWaitingCallThatNoConnectionCouldBeOpened) {
    pool_rig it;
    it.limits.max_connections = 2;
    it.peer.stop_listening();
    it.world.settle();
    auto& a = it.submit("a");
    auto& b = it.submit("b");
    auto& c = it.submit("c");
    ASSERT_TRUE(it.run_until_done());
    for (const auto* each : {&a, &b, &c}) {
        ASSERT_TRUE(each->loss());
        EXPECT_EQ(each->loss()->ec, client_errc::connect_failed);
        EXPECT_EQ(each->loss()->phase, call_phase::connect);
        EXPECT_EQ(each->loss()->fate, flow::loss_fate::never_sent);
        EXPECT_EQ(each->renders(), 0);
    }
    EXPECT_GE(it.open().stats().open_failures, 1u);
}

TEST(Pool, GoesOnWithTheConnectionsThatItHasWhenAnotherFailsToOpen) {
    pool_rig it{peer_security::tls};
    it.limits.max_connections = 2;
    it.peer.connection().serve(echo);
    it.peer.connection().before_handshake().close();
    for (int i = 0; i < 10; ++i)
        it.submit(std::to_string(i));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.open().stats().replies, 10u);
    EXPECT_EQ(it.open().stats().open_failures, 1u);
}

TEST(Pool, TriesAgainForCallsThatComeAfterAFailure) {
    pool_rig it{peer_security::tls};
    it.peer.connection().before_handshake().close();
    it.peer.afterwards().serve(echo);
    auto& a = it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(a.loss()->ec, client_errc::tls_failed);
    auto& b = it.submit("b");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(b.reply(), "b");
}

TEST(Pool, ForgetsAQueuedCallThatIsWithdrawn) {
    pool_rig it;
    it.peer.connection().serve(echo);
    it.submit("a");
    auto& b = it.submit("b");
    auto& c = it.submit("c");
    it.open().withdraw(b);
    ASSERT_TRUE(it.world.run_until([&] { return c.done(); }));
    EXPECT_EQ(it.arrived(), "a c");
    EXPECT_EQ(b.outcomes(), 0);
    EXPECT_FALSE(b.maybe_applied());
}

TEST(Pool, ReportsACallThatLostTooManyConnections) {
    pool_rig it;
    it.pipeline(2);
    it.peer.connection().expect(2).reset();
    it.peer.afterwards().expect(1).reset();
    auto& a = it.submit("a");
    auto& b = it.submit("b");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_TRUE(a.loss());
    EXPECT_TRUE(b.loss());
    EXPECT_EQ(a.outcomes() + b.outcomes(), 2);
}

TEST(Pool, TellsNoCallWhenItIsDestroyed) {
    for (const auto* state : {"opening", "waiting", "written", "half answered"}) {
        pool_rig it{peer_security::tls};
        auto& script = it.peer.connection();
        if (state == std::string_view{"opening"}) script.before_handshake().expect_end();
        if (state == std::string_view{"waiting"}) script.expect_end();
        if (state == std::string_view{"written"}) script.expect_end();
        if (state == std::string_view{"half answered"})
            script.expect(1)
                .reply("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
                .expect_end();
        auto& a = it.submit("a");
        auto& b = it.submit("b");
        if (state != std::string_view{"waiting"}) it.world.settle();
        it.close();
        it.world.settle();
        EXPECT_EQ(a.outcomes() + b.outcomes(), 0) << state;
        EXPECT_EQ(it.peer.ended(), it.peer.connections()) << state;
        EXPECT_EQ(it.world.time->timers_waiting(), 0u) << state;
    }
}

TEST(Pool, LeavesNothingBehindWhenItIsDestroyedInALookup) {
    const test::hanging_names names;
    pool_rig it;
    it.target.connect_host = "a.hangs.test";
    it.submit("a");
    it.world.context.poll();
    names.wait_until_asked();
    it.peer.stop_listening();
    it.close();
    it.world.context.restart();
    it.world.context.run(); // returns although the resolver still hangs
}

} // namespace
} // namespace redrive::net
