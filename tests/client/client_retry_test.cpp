#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "client_rig.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;
using test::http_reply;
using test::peer_security;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string with_id(const char* id) {
    return std::string{"x-amzn-RequestId: "} + id + "\r\n";
}

std::vector<std::string> request_ids(const std::vector<earlier_attempt>& of) {
    std::vector<std::string> out;
    for (const auto& one : of)
        out.push_back(one.request_id);
    return out;
}

TEST(ClientRetry, TriesAThrottledCallAgainAfterAPause) {
    client_rig it;
    it.peer.connection()
        .expect(1)
        .reply(failed("RequestThrottled", "403 Forbidden", "x-amz-retry-after: 1500\r\n"))
        .expect(1)
        .reply(moved(7));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, error_code{});
    EXPECT_EQ(call.result.moved, 7);
    EXPECT_EQ(call.result.info.attempts, 2u);
    EXPECT_EQ(call.result.info.code, "") << "of the attempt before";
    EXPECT_GE(it.world.time->elapsed(), 1500ms);
    ASSERT_EQ(call.result.info.earlier.size(), 1u);
    EXPECT_EQ(call.result.info.earlier[0].ec, service_errc::throttled);
    EXPECT_GE(call.result.info.earlier[0].pause, 1500ms);
    EXPECT_GE(call.result.info.elapsed, 1500ms);
}

// The first throttle shuts the gate of adaptive mode: half a request a second until it learns more.
// The pauses of standard mode are at most a second.
TEST(ClientRetry, PacesAttemptsInAdaptiveMode) {
    for (const bool adaptive : {false, true}) {
        client_rig it;
        it.environment.set("AWS_RETRY_MODE", adaptive ? "adaptive" : "standard");
        it.peer.connection()
            .expect(1)
            .reply(failed("RequestThrottled", "403 Forbidden"))
            .expect(1)
            .reply(moved(1));
        auto& call = it.cancel(1);
        ASSERT_TRUE(it.run_until_done());
        EXPECT_EQ(call.ec, error_code{});
        EXPECT_EQ(call.result.info.attempts, 2u);
        EXPECT_EQ(it.world.time->elapsed() >= 2s, adaptive);
        const auto agent = it.peer.requests().front().header("User-Agent");
        EXPECT_THAT(agent, HasSubstr(adaptive ? " m/F,N,e" : " m/E,N,e"));
    }
}

TEST(ClientRetry, EndsAnAdaptivePauseAtTheDeadline) {
    client_rig it;
    it.environment.set("AWS_RETRY_MODE", "adaptive");
    it.peer.connection().expect(1).reply(failed("RequestThrottled", "403 Forbidden"));
    auto& call = it.cancel(1, cancel_options{}.deadline(1500ms));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::deadline_exceeded);
    EXPECT_EQ(call.result.info.phase, call_phase::backoff);
    EXPECT_EQ(it.world.time->elapsed(), 1500ms);
}

TEST(ClientRetry, GivesUpAfterItsAttemptsAndTellsOfEach) {
    client_rig it;
    auto& script = it.peer.connection();
    for (const auto* id : {"a", "b", "c"})
        script.expect(1).reply(failed("InternalFailure", "500 Internal Server Error", with_id(id)));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, service_errc::internal);
    const auto& info = call.result.info;
    EXPECT_EQ(info.attempts, 3u);
    ASSERT_EQ(info.earlier.size(), 2u);
    std::chrono::microseconds known{};
    for (const auto& one : info.earlier) {
        EXPECT_EQ(one.ec, service_errc::internal);
        EXPECT_EQ(one.code, "InternalFailure");
        EXPECT_EQ(one.phase, call_phase::service);
        known += one.elapsed + one.pause;
    }
    EXPECT_THAT(request_ids(info.earlier), ElementsAre("a", "b"));
    EXPECT_GE(info.elapsed, known);
    EXPECT_EQ(info.request_id, "c");
    EXPECT_EQ(info.http_status, 500u);
    EXPECT_TRUE(info.maybe_applied);
}

TEST(ClientRetry, KeepsTheLastEightAttempts) {
    client_rig it;
    auto& script = it.peer.connection();
    for (int n = 0; n < 12; ++n)
        script.expect(1).reply(
            failed("ThrottlingException", "400 Bad Request", with_id(std::to_string(n).c_str())));
    auto& call = it.cancel(1, cancel_options{}.max_attempts(12));
    ASSERT_TRUE(it.run_until_done());
    EXPECT_THAT(request_ids(call.result.info.earlier),
                ElementsAre("3", "4", "5", "6", "7", "8", "9", "10"));
    EXPECT_EQ(call.result.info.request_id, "11");
}

TEST(ClientRetry, TellsTheLastReplyFromALaterAttemptThatGotNone) {
    client_rig it;
    it.peer.connection()
        .expect(1)
        .reply(failed("InternalFailure", "500 Internal Server Error", with_id("a")))
        .expect(1)
        .reset();
    it.peer.afterwards().expect(1).reset();
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::connection_lost);
    EXPECT_EQ(call.result.info.request_id, "a");
    const auto& earlier = call.result.info.earlier;
    EXPECT_THAT(request_ids(earlier), ElementsAre("a", ""));
    EXPECT_EQ(earlier.at(1).ec, client_errc::connection_lost);
    EXPECT_EQ(earlier.at(1).code, "");
    EXPECT_EQ(earlier.at(1).phase, call_phase::read);
    EXPECT_EQ(call.result.info.http_status, 0u);
}

TEST(ClientRetry, BoundsATextThatTheServerMadeLong) {
    client_rig it;
    const std::string text(5000, 'x');
    it.peer.connection().expect(1).reply(
        failed("AccessDeniedException" + text, "403 Forbidden", with_id(text.c_str())));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    const auto& info = call.result.info;
    EXPECT_EQ(info.request_id.size(), diagnostics::longest_message);
    EXPECT_LE(info.message.size(), diagnostics::longest_message);
    EXPECT_LE(info.code.size(), diagnostics::longest_message);
}

TEST(ClientRetry, TakesTheRequestIdOfTheBodyWhenNoHeaderHasOne) {
    client_rig it;
    it.peer.connection().expect(1).reply(
        http_reply(R"({"__type":"AccessDenied","RequestId":"from-body"})", "403 Forbidden"));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.result.info.request_id, "from-body");
}

TEST(ClientRetry, KeepsOneInvocationAndCountsItsAttempts) {
    client_rig it;
    it.peer.connection().expect(1).reply(failed("ThrottlingException")).expect(1).reply(moved(1));
    it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    const auto& first = it.peer.requests().at(0);
    const auto& second = it.peer.requests().at(1);
    EXPECT_EQ(first.header("amz-sdk-request"), "attempt=1; max=3");
    EXPECT_EQ(second.header("amz-sdk-request"), "attempt=2; max=3");
    EXPECT_EQ(first.header("amz-sdk-invocation-id"), second.header("amz-sdk-invocation-id"));
    EXPECT_EQ(first.header("amz-sdk-invocation-id").size(), 36u);
}

TEST(ClientRetry, SendsACancelAgainWhoseAnswerWasLost) {
    client_rig it;
    it.peer.connection().expect(1).reset();
    it.peer.connection().expect(1).reply(moved(7));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.result.moved, 7);
    EXPECT_EQ(call.result.info.attempts, 2u);
    EXPECT_TRUE(call.result.info.maybe_applied);
}

TEST(ClientRetry, CountsASilentServerAsAnAttempt) {
    client_rig it;
    it.config.transport.read_timeout = 10s;
    it.peer.connection().expect_end();
    it.peer.connection().serve(moved_of);
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.result.moved, 1001);
    EXPECT_EQ(call.result.info.attempts, 2u);
    EXPECT_GE(it.world.time->elapsed(), 10s);
}

TEST(ClientRetry, NamesWhatRefusedAllOfItsConnections) {
    client_rig it;
    it.peer.stop_listening();
    it.world.settle();
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::connect_failed);
    const auto& info = call.result.info;
    EXPECT_EQ(info.phase, call_phase::connect);
    EXPECT_EQ(info.attempts, 3u);
    EXPECT_THAT(info.message, HasSubstr("127.0.0.1:" + std::to_string(it.peer.port())));
    EXPECT_FALSE(info.maybe_applied);
}

TEST(ClientRetry, NeverRetriesACertificateThatIsNotTrusted) {
    client_rig it{peer_security::tls};
    it.config.ca_bundle = test::file_with(test::make_certificates("IP:127.0.0.1").ca);
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::certificate_rejected);
    EXPECT_EQ(call.result.info.phase, call_phase::tls);
    EXPECT_EQ(call.result.info.attempts, 1u);
    EXPECT_EQ(it.peer.connections(), 1u);
}

TEST(ClientRetry, NeverRetriesARefusal) {
    client_rig it;
    it.peer.connection().expect(1).reply(failed("AccessDeniedException", "403 Forbidden"));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, service_errc::access_denied);
    EXPECT_EQ(it.peer.requests().size(), 1u);
}

// --- Start is not safe to send twice

TEST(ClientStart, IsUndecidedWhenItsAnswerWasLost) {
    client_rig it;
    it.peer.connection().expect(1).reset();
    it.peer.afterwards().serve(moved_of);
    auto& call = it.start();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::undecided);
    EXPECT_TRUE(call.result.info.maybe_applied);
    EXPECT_EQ(it.peer.requests().size(), 1u);
}

TEST(ClientStart, IsUndecidedWhenTheServerFellSilent) {
    client_rig it;
    it.peer.connection().expect_end();
    auto& call = it.start();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::undecided);
    EXPECT_EQ(it.peer.requests().size(), 1u);
}

TEST(ClientStart, IsSentAgainWhenItWasThrottled) {
    for (const auto* status : {"400 Bad Request", "503 Service Unavailable"}) {
        client_rig it;
        it.peer.connection()
            .expect(1)
            .reply(failed("ThrottlingException", status))
            .expect(1)
            .reply(http_reply(R"({"TaskHandle":"AQEB"})"));
        auto& call = it.start();
        ASSERT_TRUE(it.run_until_done());
        EXPECT_EQ(call.ec, error_code{}) << status;
        EXPECT_EQ(call.result.task_handle, "AQEB");
        EXPECT_FALSE(call.result.info.maybe_applied);
    }
}

TEST(ClientStart, IsNotSentAgainAfterAFailureOfTheService) {
    client_rig it;
    it.peer.connection().expect(1).reply(failed("InternalFailure", "500 Internal Server Error"));
    auto& call = it.start();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, service_errc::internal);
    EXPECT_TRUE(call.result.info.maybe_applied);
    EXPECT_EQ(it.peer.requests().size(), 1u);
}

TEST(ClientStart, IsSentAgainWhenNoConnectionWasOpened) {
    client_rig it{peer_security::tls};
    it.peer.connection().before_handshake().close();
    it.peer.connection().expect(1).reply(http_reply(R"({"TaskHandle":"AQEB"})"));
    auto& call = it.start();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.result.task_handle, "AQEB");
    EXPECT_EQ(call.result.info.attempts, 2u);
}

TEST(ClientStart, IsNeverPipelinedAmongOthers) {
    client_rig it;
    it.pipeline(8);
    test::gate opened;
    it.peer.connection()
        .expect(1)
        .until(opened)
        .reply(http_reply("{}"))
        .serve([](const test::seen_request&) { return http_reply("{}"); });
    it.list();
    it.start();
    it.list();
    it.world.settle();
    EXPECT_EQ(it.peer.requests().size(), 1u);
    opened.open();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.peer.requests()[1].header("X-Amz-Target"), "AmazonSQS.StartMessageMoveTask");
}

// --- clock skew

std::string dated(std::string_view date, std::string_view type = {}) {
    const auto header = "Date: " + std::string{date} + "\r\n";
    return type.empty() ? http_reply("{}", "200 OK", header)
                        : failed(type, "403 Forbidden", header);
}

TEST(ClientClock, HealsASkewThatTheServiceRefuses) {
    client_rig it; // where it is 2026-06-01 00:00:00
    it.peer.connection()
        .expect(1)
        .reply(dated("Mon, 01 Jun 2026 00:10:00 GMT", "RequestTimeTooSkewed"))
        .expect(1)
        .reply(moved(7));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.result.moved, 7);
    EXPECT_EQ(it.peer.requests()[0].header("X-Amz-Date"), "20260601T000000Z");
    EXPECT_EQ(it.peer.requests()[1].header("X-Amz-Date"), "20260601T001000Z");
    EXPECT_EQ(it.sqs().clock_skew(), 10min);
}

TEST(ClientClock, TakesTheTimeOfEveryReply) {
    client_rig it;
    it.peer.connection().expect(1).reply(dated("Sun, 31 May 2026 23:59:00 GMT")).serve(moved_of);
    it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.sqs().clock_skew(), -1min);
    it.cancel(2);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.peer.requests()[1].header("X-Amz-Date"), "20260531T235900Z");
}

TEST(ClientClock, IsLeftAloneWhenCorrectionIsDisabled) {
    client_rig it;
    it.environment.set("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "true");
    it.peer.connection().expect(1).reply(
        dated("Mon, 01 Jun 2026 00:10:00 GMT", "RequestTimeTooSkewed"));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, service_errc::clock_skew);
    EXPECT_EQ(it.peer.requests().size(), 1u);
    EXPECT_EQ(it.sqs().clock_skew(), 0s);
}

} // namespace
} // namespace redrive
