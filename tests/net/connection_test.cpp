#include "net/connection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pool_rig.hpp"

namespace redrive::net {
namespace {

using namespace std::chrono_literals;
using test::gate;
using test::http_reply;
using test::peer_security;

TEST(Connection, WritesWhatWaitsAtOnceAndMatchesRepliesByTheirOrder) {
    pool_rig it;
    it.pipeline(4);
    it.peer.connection().expect(4).reply(http_reply("1") + http_reply("2") + http_reply("3") +
                                         http_reply("4"));
    auto& a = it.submit("a");
    auto& b = it.submit("b");
    auto& c = it.submit("c");
    auto& d = it.submit("d");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(a.reply() + b.reply() + c.reply() + d.reply(), "1234");
    EXPECT_EQ(it.arrived(), "a b c d");
    EXPECT_EQ(it.peer.connections(), 1u);
}

TEST(Connection, DoesTheSameOverTls) {
    pool_rig it{peer_security::tls};
    it.pipeline(3);
    it.peer.connection().expect(3).reply(http_reply("1") + http_reply("2") + http_reply("3"));
    auto& a = it.submit("a");
    auto& b = it.submit("b");
    auto& c = it.submit("c");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(a.reply() + b.reply() + c.reply(), "123");
}

TEST(Connection, ReadsRepliesThatArriveInPieces) {
    pool_rig it;
    it.pipeline(2);
    it.peer.connection().expect(2).reply_in_pieces({"HTTP/1.1 2",
                                                    "00 OK\r\nContent-Le",
                                                    "ngth: 3\r\n\r\na",
                                                    "bcHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r",
                                                    "\nd"});
    auto& a = it.submit("a");
    auto& b = it.submit("b");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(a.reply(), "abc");
    EXPECT_EQ(b.reply(), "d");
}

TEST(Connection, NeverHasMoreInFlightThanItsDepth) {
    pool_rig it;
    it.pipeline(2);
    gate opened;
    it.peer.connection()
        .expect(2)
        .reply(http_reply("1") + http_reply("2"))
        .expect(2)
        .until(opened)
        .reply(http_reply("3"))
        .expect(1)
        .reply(http_reply("4") + http_reply("5"));
    it.submit("a");
    it.submit("b");
    ASSERT_TRUE(it.run_until_done());
    it.submit("c");
    it.submit("d");
    it.submit("e");
    it.world.settle();
    EXPECT_EQ(it.arrived(), "a b c d");
    opened.open();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.arrived(), "a b c d e");
}

TEST(Connection, RefillsAWindowOnlyAfterOneCameBackWhole) {
    pool_rig it;
    it.pipeline(2);
    gate opened;
    it.peer.connection()
        .expect(2)
        .reply(http_reply("1"))
        .until(opened)
        .reply(http_reply("2"))
        .serve(echo);
    auto& a = it.submit("a");
    it.submit("b");
    auto& c = it.submit("c");
    it.world.settle();
    EXPECT_TRUE(a.done());
    EXPECT_EQ(it.arrived(), "a b");
    opened.open();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(c.reply(), "c");
}

// The request is larger than what the sockets hold, so its write cannot end before the peer reads.
TEST(Connection, KeepsOrderWhenAReplyArrivesBeforeTheWriteFinishes) {
    pool_rig it;
    it.pipeline(2);
    gate opened;
    it.peer.connection()
        .expect_bytes(100)
        .reply(http_reply("1"))
        .until(opened)
        .expect(2)
        .reply(http_reply("2"));
    auto& a = it.submit(it.make("a").with_body(32 << 20));
    auto& b = it.submit("b");
    ASSERT_TRUE(it.world.run_until([&] { return a.done(); }));
    EXPECT_EQ(a.reply(), "1");
    EXPECT_FALSE(b.done());
    opened.open();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(b.reply(), "2");
    EXPECT_EQ(it.arrived(), "a b");
}

TEST(Connection, ReportsACloseBeforeTheReplyToTheOneThatWasDue) {
    for (const bool with_reset : {false, true}) {
        pool_rig it;
        auto& script = it.peer.connection().expect(1);
        with_reset ? script.reset() : script.close();
        auto& a = it.submit("a");
        ASSERT_TRUE(it.run_until_done());
        ASSERT_TRUE(a.loss());
        EXPECT_EQ(a.loss()->ec, client_errc::connection_lost);
        EXPECT_EQ(a.loss()->phase, call_phase::read);
        EXPECT_EQ(a.loss()->fate, flow::loss_fate::maybe_applied);
        EXPECT_FALSE(a.loss()->detail.empty());
        EXPECT_EQ(a.outcomes(), 1);
        EXPECT_TRUE(a.maybe_applied());
        EXPECT_FALSE(a.is_on_wire());
    }
}

TEST(Connection, ReportsACloseInTheMiddleOfAReply) {
    pool_rig it;
    it.peer.connection()
        .expect(1)
        .reply("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        .close();
    auto& a = it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    ASSERT_TRUE(a.loss());
    EXPECT_EQ(a.loss()->ec, client_errc::connection_lost);
    EXPECT_EQ(a.reply(), "");
}

TEST(Connection, TakesAReplyThatEndsWithTheStream) {
    pool_rig it;
    it.peer.connection().expect(1).reply("HTTP/1.1 200 OK\r\n\r\nto the end").close();
    auto& a = it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(a.reply(), "to the end");
    EXPECT_FALSE(a.loss());
}

TEST(Connection, ReportsALossInTheMiddleOfItsWrite) {
    pool_rig it;
    it.peer.connection().expect_bytes(100).reset();
    auto& a = it.submit(it.make("a").with_body(32 << 20));
    ASSERT_TRUE(it.run_until_done());
    ASSERT_TRUE(a.loss());
    EXPECT_EQ(a.loss()->ec, client_errc::connection_lost);
    EXPECT_EQ(a.loss()->fate, flow::loss_fate::maybe_applied);
}

TEST(Connection, SendsTheTailOfALostWindowAgainAndReportsItsHead) {
    pool_rig it;
    it.pipeline(3);
    it.peer.connection().expect(3).close();
    it.peer.connection().serve(echo);
    auto& a = it.submit("a");
    auto& b = it.submit("b");
    auto& c = it.submit("c");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_TRUE(a.loss());
    EXPECT_EQ(b.reply(), "b");
    EXPECT_EQ(c.reply(), "c");
    EXPECT_EQ(b.free_resends(), 1u);
    EXPECT_TRUE(b.maybe_applied());
    EXPECT_EQ(it.arrived(), "a b c b c");
}

TEST(Connection, SendsTheTailAgainWhenTheServerAnnouncesItsClose) {
    pool_rig it;
    it.pipeline(3);
    it.peer.connection()
        .expect(3)
        .reply(http_reply("1", "200 OK", "Connection: close\r\n"))
        .close();
    it.peer.connection().expect(2).reply(http_reply("2") + http_reply("3"));
    auto& a = it.submit("a");
    auto& b = it.submit("b");
    auto& c = it.submit("c");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(a.reply() + b.reply() + c.reply(), "123");
    EXPECT_EQ(it.open().stats().lost, 0u);
    EXPECT_EQ(it.open().stats().depth, 3u);
}

// Each connection answers one call: progress, however often the last one has to go out again.
TEST(Connection, OutlivesAServerThatClosesAfterEachReply) {
    pool_rig it;
    it.pipeline(12);
    it.peer.afterwards()
        .expect(1)
        .reply(http_reply("x", "200 OK", "Connection: close\r\n"))
        .close();
    for (int i = 0; i < 12; ++i)
        it.submit(std::to_string(i));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.peer.connections(), 12u);
    EXPECT_EQ(it.open().stats().replies, 12u);
}

TEST(Connection, ExcusesAStaleConnectionOnce) {
    pool_rig it;
    it.peer.connection().expect(1).reply(http_reply("1")).expect(1).close();
    it.peer.connection().expect(1).close();
    it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    auto& b = it.submit("b");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_TRUE(b.loss()) << "the second connection was fresh";
    EXPECT_EQ(b.free_resends(), 1u);
    EXPECT_EQ(it.arrived(), "a b b");
}

TEST(Connection, NeverSendsWhatIsNotSafeToResendTwice) {
    pool_rig it;
    it.peer.connection().expect(1).reply(http_reply("1")).expect(1).close();
    it.peer.afterwards().serve(echo);
    it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    auto& start = it.submit("start", {}, false);
    ASSERT_TRUE(it.run_until_done());
    ASSERT_TRUE(start.loss());
    EXPECT_EQ(start.loss()->fate, flow::loss_fate::maybe_applied);
    EXPECT_EQ(start.renders(), 1);
    EXPECT_EQ(it.arrived(), "a start");
}

TEST(Connection, NeverPipelinesWhatIsNotSafeToResend) {
    pool_rig it;
    it.pipeline(8);
    gate first, second;
    it.peer.connection()
        .expect(1)
        .until(first)
        .reply(http_reply("1"))
        .expect(1)
        .until(second)
        .reply(http_reply("2"))
        .serve([](const test::seen_request&) { return http_reply("3"); });
    auto& before = it.submit("before");
    auto& start = it.submit("start", {}, false);
    auto& after = it.submit("after");
    it.world.settle();
    EXPECT_EQ(it.arrived(), "before");
    first.open();
    it.world.settle();
    EXPECT_EQ(it.arrived(), "before start");
    EXPECT_TRUE(before.done());
    second.open();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(start.reply(), "2");
    EXPECT_EQ(it.arrived(), "before start after");
    EXPECT_TRUE(after.done());
}

TEST(Connection, ServesOthersAfterACallThatWasAloneIsGivenUp) {
    pool_rig it;
    it.pipeline(4);
    it.peer.connection()
        .expect(1)
        .delay(1s)
        .reply(http_reply("1"))
        .expect(1)
        .reply(http_reply("2"));
    auto& start = it.submit("start", {}, false);
    it.world.settle();
    it.open().withdraw(start);
    auto& b = it.submit("b");
    ASSERT_TRUE(it.world.run_until([&] { return b.done(); }));
    EXPECT_EQ(b.reply(), "2");
    EXPECT_EQ(start.outcomes(), 0);
    EXPECT_TRUE(start.maybe_applied());
}

TEST(Connection, DropsTheAnswerOfAWithdrawnCallAndKeepsItsNeighbours) {
    pool_rig it;
    it.pipeline(3);
    gate opened;
    it.peer.connection().expect(3).until(opened).reply(http_reply("1") + http_reply("2") +
                                                       http_reply("3"));
    auto& a = it.submit("a");
    auto& b = it.submit("b");
    auto& c = it.submit("c");
    it.world.settle();
    ASSERT_TRUE(b.is_on_wire());
    it.open().withdraw(b);
    EXPECT_FALSE(b.is_on_wire());
    opened.open();
    ASSERT_TRUE(it.world.run_until([&] { return a.done() && c.done(); }));
    EXPECT_EQ(a.reply(), "1");
    EXPECT_EQ(c.reply(), "3");
    EXPECT_EQ(b.outcomes(), 0);
}

TEST(Connection, EndsOnBytesThatNobodyAskedFor) {
    pool_rig it;
    it.peer.connection().expect(1).reply(http_reply("1") + http_reply("more")).hold();
    it.peer.afterwards().serve(echo);
    auto& a = it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(a.reply(), "1");
    auto& b = it.submit("b");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(b.reply(), "b") << "not the surplus one";
    EXPECT_EQ(it.peer.connections(), 2u);
}

TEST(Connection, EndsOnBytesThatArriveBeforeAnyRequest) {
    pool_rig it;
    it.peer.connection().reply(http_reply("early")).hold();
    it.peer.afterwards().serve(echo);
    it.limits.idle.life = 60s;
    auto& a = it.submit("a");
    it.open().withdraw(a);
    it.world.settle();
    EXPECT_EQ(it.open().stats().open, 0u);
    auto& b = it.submit("b");
    ASSERT_TRUE(it.world.run_until([&] { return b.done(); }));
    EXPECT_EQ(b.reply(), "b");
}

TEST(Connection, RefusesWhatIsNotHttp) {
    pool_rig it;
    it.peer.connection().expect(1).reply("SSH-2.0-OpenSSH_9.2\r\n").hold();
    auto& a = it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    ASSERT_TRUE(a.loss());
    EXPECT_EQ(a.loss()->ec, client_errc::reply_malformed);
    EXPECT_EQ(a.loss()->phase, call_phase::read);
}

TEST(Connection, RefusesAReplyBeyondTheBound) {
    pool_rig it;
    it.limits.connection.http.body_bytes = 100;
    it.peer.connection().expect(1).reply("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n").hold();
    auto& a = it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    ASSERT_TRUE(a.loss());
    EXPECT_EQ(a.loss()->ec, client_errc::reply_too_large);
    EXPECT_EQ(a.loss()->detail, "more than 100 bytes");
}

TEST(Connection, EndsWhenTheServerFallsSilent) {
    pool_rig it;
    it.limits.connection.read_timeout = 30s;
    it.peer.connection().expect_end();
    auto& a = it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    ASSERT_TRUE(a.loss());
    EXPECT_EQ(a.loss()->ec, client_errc::read_timeout);
    EXPECT_EQ(a.loss()->phase, call_phase::read);
    EXPECT_EQ(it.world.time->elapsed(), 30s);
}

TEST(Connection, BearsAServerThatIsSlowButNotSilent) {
    pool_rig it;
    it.limits.connection.read_timeout = 30s;
    it.peer.connection()
        .expect(1)
        .delay(25s)
        .reply("HTTP/1.1 200 OK\r\n")
        .delay(25s)
        .reply("Content-Length: 1\r\n\r\n")
        .delay(25s)
        .reply("1");
    auto& a = it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(a.reply(), "1");
    EXPECT_EQ(it.world.time->elapsed(), 75s);
}

TEST(Connection, IsKeptWhileItIsUsedAndClosedAfterItsIdleLife) {
    pool_rig it;
    it.limits.idle.life = 20s;
    it.peer.connection().serve(echo);
    for (const auto* name : {"a", "b", "c"}) {
        it.submit(name);
        ASSERT_TRUE(it.run_until_done());
        it.world.run_for(15s);
        EXPECT_EQ(it.open().stats().open, 1u);
    }
    EXPECT_EQ(it.peer.connections(), 1u);
    it.world.run_for(6s);
    EXPECT_EQ(it.open().stats().open, 0u);
    EXPECT_EQ(it.peer.ended(), 1u);
    EXPECT_EQ(it.open().stats().lost, 0u);
}

TEST(Connection, IsReplacedWhenItIsOld) {
    pool_rig it;
    it.limits.idle.oldest = 60s;
    it.peer.connection().serve(echo);
    it.peer.afterwards().serve(echo);
    for (int i = 0; i < 8; ++i) {
        it.submit("a");
        ASSERT_TRUE(it.run_until_done());
        it.world.run_for(10s);
    }
    EXPECT_EQ(it.peer.connections(), 2u);
    EXPECT_EQ(it.open().stats().lost, 0u);
}

TEST(Connection, IsReplacedWhenItIsOldAlsoWhenItIsNeverIdle) {
    pool_rig it;
    it.pipeline(4);
    it.limits.idle.oldest = 60s;
    auto& script = it.peer.connection();
    for (int i = 0; i < 100; ++i)
        script.expect(1).delay(1s).reply(http_reply("slow"));
    it.peer.afterwards().serve(echo);
    for (int i = 0; i < 100; ++i)
        it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_GE(it.peer.connections(), 2u);
    EXPECT_EQ(it.open().stats().lost, 0u);
    EXPECT_EQ(it.open().stats().replies, 100u);
}

TEST(Connection, LearnsHowSoonAServerClosesIdleConnections) {
    pool_rig it;
    it.peer.connection().expect(1).reply(http_reply("1")).delay(5s); // and closes
    it.peer.afterwards().serve(echo);
    it.submit("a");
    ASSERT_TRUE(it.run_until_done());
    it.world.run_for(6s);
    EXPECT_EQ(it.open().stats().open, 0u);
    it.submit("b");
    ASSERT_TRUE(it.run_until_done());
    it.world.run_for(3900ms);
    EXPECT_EQ(it.open().stats().open, 1u);
    it.world.run_for(200ms);
    EXPECT_EQ(it.open().stats().open, 0u) << "closed before the server would";
    EXPECT_EQ(it.open().stats().lost, 0u);
}

TEST(Connection, IsNotTrustedAfterIdlingWithACallThatMustNotBeSentTwice) {
    for (const bool safe : {true, false}) {
        pool_rig it;
        it.peer.connection().serve(echo);
        it.peer.afterwards().serve(echo);
        it.submit("a");
        ASSERT_TRUE(it.run_until_done());
        it.world.run_for(5s);
        auto& late = it.submit("b", {}, safe);
        ASSERT_TRUE(it.run_until_done());
        EXPECT_EQ(late.reply(), "b");
        EXPECT_EQ(it.peer.connections(), safe ? 1u : 2u);
    }
}

TEST(Connection, TreatsAMisplacedReplyAsADoubtAboutTheWholeWindow) {
    pool_rig it;
    it.pipeline(3);
    it.peer.connection().expect(3).reply(http_reply("b") + http_reply("c")).hold();
    it.peer.afterwards().serve(echo);
    auto& a = it.submit(it.make("a").expecting("a"));
    auto& b = it.submit(it.make("b").expecting("b"));
    auto& c = it.submit(it.make("c").expecting("c"));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(a.reply() + b.reply() + c.reply(), "abc");
    EXPECT_EQ(it.open().stats().depth, 1u);
}

TEST(Connection, ReportsAMisplacedReplyToTheOnlyRequest) {
    pool_rig it;
    it.peer.afterwards().serve([](const test::seen_request&) { return http_reply("other"); });
    auto& a = it.submit(it.make("a").expecting("a"));
    ASSERT_TRUE(it.run_until_done());
    ASSERT_TRUE(a.loss());
    EXPECT_EQ(a.loss()->ec, client_errc::reply_malformed);
    EXPECT_EQ(it.arrived(), "a");
}

TEST(Connection, TakesAReplyToTheEndOfTheStreamOnlyWhenTlsEndsInOrder) {
    for (const bool in_order : {true, false}) {
        pool_rig it{test::peer_security::tls};
        auto& script = it.peer.connection().expect(1).reply("HTTP/1.1 200 OK\r\n\r\nhalf of it?");
        if (in_order) script.close_notify();
        const auto& call = it.submit("a");
        ASSERT_TRUE(it.run_until_done());
        EXPECT_EQ(call.loss().has_value(), !in_order);
        EXPECT_EQ(call.reply(), in_order ? "half of it?" : "");
    }
}

} // namespace
} // namespace redrive::net
