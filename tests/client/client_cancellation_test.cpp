#include <boost/asio/error.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "client_rig.hpp"
#include "support/hanging_names.hpp"

namespace redrive {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using test::http_reply;
using test::peer_security;

// A call that is stuck in one state of its life, by how the peer behaves.
struct stuck_state {
    std::string name;
    peer_security security;
    std::function<void(client_rig&)> prepare;
    call_phase phase; // where a call that is stopped there was
    bool maybe_applied;
};

std::ostream& operator<<(std::ostream& out, const stuck_state& state) {
    return out << state.name;
}

std::vector<stuck_state> stuck_states() {
    const auto reply_begun = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
    return {
        {"LoadingCredentials",
         peer_security::plain,
         [](client_rig&) {},
         call_phase::credentials,
         false},
        {"InALookup",
         peer_security::plain,
         [](client_rig& it) { it.config.endpoint_url = "http://a.hangs.test"; },
         call_phase::resolve,
         false},
        {"InTls",
         peer_security::tls,
         [](client_rig& it) { it.peer.connection().before_handshake().expect_end(); },
         call_phase::tls,
         false},
        {"Queued",
         peer_security::plain,
         [](client_rig& it) {
             it.peer.connection().expect_end();
             it.cancel(99);
             it.world.settle();
         },
         call_phase::pool,
         false},
        {"Written",
         peer_security::plain,
         [](client_rig& it) { it.peer.connection().expect_end(); },
         call_phase::read,
         true},
        {"HalfAnswered",
         peer_security::plain,
         [=](client_rig& it) { it.peer.connection().expect(1).reply(reply_begun).expect_end(); },
         call_phase::read,
         true},
        {"BackingOff",
         peer_security::plain,
         [](client_rig& it) {
             it.peer.connection().expect(1).reply(
                 failed("ThrottlingException", "400 Bad Request", "x-amz-retry-after: 4000\r\n"));
         },
         call_phase::backoff,
         false},
    };
}

std::vector<stuck_state> stuck_states_that_take_time() {
    auto out = stuck_states();
    std::erase_if(out, [](const auto& each) { return each.name == "LoadingCredentials"; });
    return out;
}

class StuckCall : public ::testing::TestWithParam<stuck_state> {
  protected:
    // The call under test is the last one.
    told_call<cancel_result>& stick(cancel_options how = {}) {
        it_ = std::make_unique<client_rig>(GetParam().security);
        it_->config.max_attempts = 5;
        GetParam().prepare(*it_);
        auto& call = it_->cancel(1, std::move(how));
        if (GetParam().name != "LoadingCredentials") it_->world.settle();
        EXPECT_FALSE(call.done());
        return call;
    }
    void expect_end(const told_call<cancel_result>& call, error_code ec) {
        EXPECT_EQ(call.outcomes, 1);
        EXPECT_EQ(call.ec, ec);
        EXPECT_EQ(call.result.info.phase, GetParam().phase);
        EXPECT_EQ(call.result.info.maybe_applied, GetParam().maybe_applied);
    }
    client_rig& it() { return *it_; }

  private:
    test::hanging_names names_;
    std::unique_ptr<client_rig> it_;
};

TEST_P(StuckCall, EndsAtOnceWhenItIsCancelled) {
    auto& call = stick();
    call.cancel();
    EXPECT_FALSE(call.done()) << "inside emit()";
    it().world.settle();
    expect_end(call, asio::error::operation_aborted);
    EXPECT_LT(it().world.time->elapsed(), 1s);
}

// Given keys take no time to load; ClientCore has a test with a source that never answers.
class StuckCallThatTakesTime : public StuckCall {};

TEST_P(StuckCallThatTakesTime, EndsAtItsDeadline) {
    auto& call = stick(cancel_options{}.deadline(500ms));
    ASSERT_TRUE(it().world.run_until([&] { return call.done(); }));
    expect_end(call, client_errc::deadline_exceeded);
    EXPECT_EQ(it().world.time->elapsed(), 500ms);
}

TEST_P(StuckCall, EndsWhenItsClientIsDestroyed) {
    auto& call = stick();
    it().close();
    EXPECT_FALSE(call.done()) << "inside the destructor";
    it().world.settle();
    expect_end(call, client_errc::client_closed);
    EXPECT_LT(it().world.time->elapsed(), 1s);
}

TEST_P(StuckCall, LeavesNothingBehindWhenItsClientIsDestroyed) {
    stick();
    it().close();
    it().peer.stop_listening();
    it().world.settle();
    EXPECT_EQ(it().world.time->timers_waiting(), 0u);
    EXPECT_EQ(it().peer.ended(), it().peer.connections());
}

TEST_P(StuckCall, CompletesOnceWhateverStopsItTogether) {
    auto& call = stick(cancel_options{}.deadline(500ms));
    it().world.time->advance(500ms);
    call.cancel();
    it().close();
    it().world.settle();
    EXPECT_EQ(call.outcomes, 1);
    EXPECT_TRUE(call.ec == asio::error::operation_aborted ||
                call.ec == client_errc::deadline_exceeded);
}

// Its handler is never called then, as with every asynchronous operation, and nothing leaks.
TEST_P(StuckCall, MayBeAbandonedWithItsContext) {
    stick();
}

constexpr auto name_of_state = [](const auto& each) { return each.param.name; };

INSTANTIATE_TEST_SUITE_P(InEachState,
                         StuckCall,
                         ::testing::ValuesIn(stuck_states()),
                         name_of_state);
INSTANTIATE_TEST_SUITE_P(InEachState,
                         StuckCallThatTakesTime,
                         ::testing::ValuesIn(stuck_states_that_take_time()),
                         name_of_state);

TEST(ClientCancellation, OfOneCallInTheMiddleOfAWindowHurtsNoNeighbour) {
    client_rig it;
    it.pipeline(3);
    test::gate opened;
    it.peer.connection().expect(3).until(opened).reply(moved(1) + moved(2) + moved(3));
    for (int n = 1; n <= 3; ++n)
        it.cancel(n);
    it.world.settle();
    it.cancels[1].cancel();
    it.world.settle();
    EXPECT_EQ(it.cancels[1].ec, asio::error::operation_aborted);
    opened.open();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.cancels[0].result.moved, 1);
    EXPECT_EQ(it.cancels[2].result.moved, 3);
    EXPECT_EQ(it.peer.connections(), 1u);
}

TEST(ClientCancellation, ComesTooLateForAnAnswerThatIsHere) {
    client_rig it;
    it.peer.connection().serve(moved_of);
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    call.cancel();
    it.close();
    it.world.settle();
    EXPECT_EQ(call.outcomes, 1);
    EXPECT_EQ(call.result.moved, 1001);
}

TEST(ClientCancellation, TellsThatAStartMayHaveBeenApplied) {
    client_rig it;
    it.peer.connection().expect_end();
    auto& call = it.start(start_options{}.deadline(2s));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::deadline_exceeded);
    EXPECT_TRUE(call.result.info.maybe_applied);
}

TEST(ClientDeadline, BoundsAllAttemptsAndThePausesBetweenThem) {
    client_rig it;
    it.config.max_attempts = 100;
    it.peer.afterwards().serve(
        [](const test::seen_request&) { return failed("ThrottlingException"); });
    auto& call = it.cancel(1, cancel_options{}.deadline(30s));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::deadline_exceeded);
    EXPECT_EQ(it.world.time->elapsed(), 30s);
    EXPECT_GT(call.result.info.attempts, 1u);
    EXPECT_EQ(call.result.info.code, "ThrottlingException") << "what it was waiting for";
}

TEST(ClientDeadline, IsNoBoundWhenItIsBeyondTheEndOfTime) {
    client_rig it;
    it.peer.connection().serve(moved_of);
    auto& call =
        it.cancel(1, cancel_options{}.deadline(std::chrono::steady_clock::duration::max()));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.result.moved, 1001);
}

TEST(ClientDeadline, OfZeroSendsNothing) {
    client_rig it;
    it.peer.connection().serve(moved_of);
    auto& call = it.cancel(1, cancel_options{}.deadline(0s));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::deadline_exceeded);
    it.world.settle();
    EXPECT_EQ(it.peer.requests().size(), 0u);
}

TEST(ClientLifetime, EndsEachOfManyCallsInFlightExactlyOnce) {
    client_rig it;
    it.pipeline(4);
    it.peer.connection().expect_end();
    for (int n = 0; n < 50; ++n)
        it.cancel(n);
    it.world.settle();
    it.close();
    it.world.settle();
    for (const auto& call : it.cancels) {
        EXPECT_EQ(call.outcomes, 1);
        EXPECT_EQ(call.ec, client_errc::client_closed);
    }
}

TEST(ClientLifetime, MovesWithItsCallsInFlight) {
    client_rig it;
    it.peer.connection().serve(moved_of);
    client first{it.world.executor(), it.config};
    auto& call = it.cancels.emplace_back();
    first.async_cancel(handle_of(1), {}, call.note());
    client second{std::move(first)};
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.result.moved, 1001);
    client third{it.world.executor(), it.config};
    auto& lost = it.cancels.emplace_back();
    third.async_cancel(handle_of(2), {}, lost.note());
    third = std::move(second);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(lost.ec, client_errc::client_closed);
}

TEST(ClientLifetime, MayEndInsideAHandler) {
    client_rig it;
    it.peer.connection().expect(1).reply(moved(2)).expect(1).reply(moved(1)).expect_end();
    auto& waiting = it.cancel(2);
    bool done = false;
    it.sqs().async_cancel(handle_of(1), {}, [&](error_code, cancel_result) {
        it.close();
        done = true;
    });
    it.cancel(3);
    ASSERT_TRUE(it.world.run_until([&] { return done && it.all_done(); }));
    EXPECT_EQ(waiting.outcomes, 1);
    EXPECT_EQ(it.cancels.back().ec, client_errc::client_closed);
}

} // namespace
} // namespace redrive
