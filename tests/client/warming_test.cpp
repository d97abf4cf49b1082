#include "client/warming.hpp"

#include <gtest/gtest.h>

#include "client_rig.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;
using test::peer_security;

class Warming : public ::testing::Test {
  protected:
    explicit Warming() {
        it.config.transport.max_connections = 6;
        it.config.transport.max_age = 1h;
        it.peer.afterwards().serve(moved_of);
    }
    told_call<warm_result>& warm(warm_options how) {
        auto& call = calls_.emplace_back();
        it.sqs().async_warm(how, call.note());
        EXPECT_FALSE(call.done()) << "never inside the initiating call";
        return call;
    }
    bool run() {
        return it.world.run_until([this] { return calls_.back().done(); });
    }
    [[nodiscard]] std::size_t open() { return it.sqs().endpoints().at(0).open; }

    client_rig it{peer_security::tls};

  private:
    std::deque<told_call<warm_result>> calls_;
};

TEST_F(Warming, OpensConnectionsAndSendsNothing) {
    auto& call = warm(warm_options{}.connections(3));
    ASSERT_TRUE(run());
    EXPECT_FALSE(call.ec) << call.result.info.message;
    EXPECT_EQ(call.result.connections, 3u);
    EXPECT_EQ(it.peer.connections(), 3u);
    EXPECT_TRUE(it.peer.requests().empty());
    it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.peer.connections(), 3u) << "the cancel found one of them";
}

TEST_F(Warming, IsDoneAtOnceWhenEnoughAreOpen) {
    warm(warm_options{}.connections(2));
    ASSERT_TRUE(run());
    auto& again = warm(warm_options{}.connections(2));
    ASSERT_TRUE(run());
    EXPECT_EQ(again.result.connections, 2u);
    EXPECT_EQ(it.peer.connections(), 2u);
}

TEST_F(Warming, OpensNoMoreThanTheTransportMayHave) {
    auto& call = warm(warm_options{}.connections(100));
    ASSERT_TRUE(run());
    EXPECT_FALSE(call.ec);
    EXPECT_EQ(call.result.connections, 6u);
}

TEST_F(Warming, ReplacesConnectionsThatEndForAsLongAsItIsTold) {
    warm(warm_options{}.connections(2).keep_for(60s));
    ASSERT_TRUE(run());
    it.world.run_for(50s); // twice the idle life
    EXPECT_EQ(open(), 2u);
    EXPECT_GT(it.peer.connections(), 2u);
    it.world.run_for(60s);
    EXPECT_EQ(open(), 0u);
}

TEST_F(Warming, LetsIdleConnectionsGoWhenItIsNotTold) {
    warm(warm_options{}.connections(2));
    ASSERT_TRUE(run());
    it.world.run_for(25s);
    EXPECT_EQ(open(), 0u);
    EXPECT_EQ(it.peer.connections(), 2u);
}

TEST_F(Warming, SaysWhyNoConnectionCouldBeOpened) {
    it.peer.stop_listening();
    auto& call = warm({});
    ASSERT_TRUE(run());
    EXPECT_EQ(call.ec, client_errc::connect_failed);
    EXPECT_EQ(call.result.info.phase, call_phase::connect);
    EXPECT_NE(call.result.info.message, "");
}

TEST_F(Warming, SaysWhatIsWrongWithTheSettings) {
    it.config.endpoint_url = "ftp://nowhere";
    auto& call = warm({});
    ASSERT_TRUE(run());
    EXPECT_EQ(call.ec, client_errc::bad_configuration);
}

TEST_F(Warming, EndsAtItsDeadlineWhenItIsCancelledAndWithItsClient) {
    it.peer.connection().before_handshake().hold();
    auto& late = warm(warm_options{}.deadline(1s));
    ASSERT_TRUE(run());
    EXPECT_EQ(late.ec, client_errc::deadline_exceeded);
    auto& given_up = warm(warm_options{}.connections(6));
    given_up.cancel();
    ASSERT_TRUE(run());
    EXPECT_EQ(given_up.ec, boost::asio::error::operation_aborted);
    auto& last = warm(warm_options{}.connections(6));
    it.close();
    ASSERT_TRUE(run());
    EXPECT_EQ(last.ec, client_errc::client_closed);
}

} // namespace
} // namespace redrive
