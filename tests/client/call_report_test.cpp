#include "client/call_report.hpp"

#include <boost/asio/error.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "call_rig.hpp"

namespace redrive::detail {
namespace {

using flow::transport_failure;
using test::http_reply;
using ::testing::ElementsAre;

// A call that got this reply.
call_rig replied(std::string reply) {
    call_rig it;
    it.peer->connection().expect(1).reply(std::move(reply));
    it.attempt();
    return it;
}

std::string error_reply(std::string_view status, std::string_view type, std::string_view id) {
    return http_reply("{\"__type\":\"" + std::string{type} + "\",\"message\":\"told\"}",
                      status,
                      "x-amzn-RequestId: " + std::string{id} + "\r\n");
}

TEST(CallReport, OfAnAnswerIsASuccess) {
    const auto it = replied(http_reply("{}", "200 OK", "x-amzn-RequestId: id\r\n"));
    EXPECT_EQ(error_of(it.how(), *it.one), error_code{});
    EXPECT_EQ(flow::classify(result_of(it.how(), *it.one)), flow::retry_class::success);
    diagnostics info;
    info.message = "of the attempt before";
    record(it.how(), *it.one, 2, info);
    EXPECT_EQ(info.phase, call_phase::none);
    EXPECT_EQ(info.attempts, 2u);
    EXPECT_EQ(info.message, "");
    EXPECT_EQ(info.http_status, 200u);
    EXPECT_EQ(info.request_id, "id");
    EXPECT_TRUE(info.earlier.empty());
}

TEST(CallReport, OfARefusalNamesItsCode) {
    const auto it = replied(error_reply("403 Forbidden", "RequestThrottled", "id"));
    EXPECT_EQ(error_of(it.how(), *it.one), service_errc::throttled);
    EXPECT_EQ(flow::classify(result_of(it.how(), *it.one)), flow::retry_class::throttling);
    diagnostics info;
    record(it.how(), *it.one, 1, info);
    EXPECT_EQ(info.phase, call_phase::service);
    EXPECT_EQ(info.code, "RequestThrottled");
    EXPECT_EQ(info.message, "told");
    EXPECT_FALSE(info.maybe_applied);
}

TEST(CallReport, DoubtsWhatAFailedServiceHasDoneUnlessItThrottled) {
    diagnostics failed;
    const auto one = replied(error_reply("500 Internal Server Error", "InternalFailure", "id"));
    record(one.how(), *one.one, 1, failed);
    EXPECT_TRUE(failed.maybe_applied);
    diagnostics throttled;
    const auto two = replied(error_reply("503 Service Unavailable", "SlowDown", "id"));
    record(two.how(), *two.one, 1, throttled);
    EXPECT_FALSE(throttled.maybe_applied);
}

TEST(CallReport, OfAnUnreadableBodyIsNoCaseForARetry) {
    const auto it = replied(http_reply("{"));
    EXPECT_EQ(error_of(it.how(), *it.one), client_errc::reply_malformed);
    EXPECT_EQ(result_of(it.how(), *it.one).status, 200u);
    diagnostics info;
    record(it.how(), *it.one, 1, info);
    EXPECT_EQ(info.phase, call_phase::parse);
    EXPECT_TRUE(info.maybe_applied);
}

TEST(CallReport, OfALossSaysWhereItHappened) {
    call_rig it;
    it.peer->connection().expect(1).close();
    it.attempt();
    EXPECT_EQ(error_of(it.how(), *it.one), client_errc::connection_lost);
    EXPECT_EQ(result_of(it.how(), *it.one).transport, transport_failure::reset);
    diagnostics info;
    record(it.how(), *it.one, 1, info);
    EXPECT_EQ(info.phase, call_phase::read);
    EXPECT_FALSE(info.message.empty());
    EXPECT_TRUE(info.maybe_applied);
    EXPECT_EQ(info.request_id, "");
}

TEST(CallReport, OfAFailureToConnectIsNeverApplied) {
    call_rig it;
    it.peer->stop_listening();
    it.world->settle();
    it.attempt();
    EXPECT_EQ(error_of(it.how(), *it.one), client_errc::connect_failed);
    EXPECT_EQ(result_of(it.how(), *it.one).transport, transport_failure::connect);
    diagnostics info;
    record(it.how(), *it.one, 1, info);
    EXPECT_EQ(info.phase, call_phase::connect);
    EXPECT_FALSE(info.maybe_applied);
}

TEST(CallReport, OfAFullQueueIsNoCaseForARetry) {
    call_rig it;
    EXPECT_EQ(error_of(call::ending::full, *it.one), client_errc::queue_full);
    EXPECT_EQ(flow::classify(result_of(call::ending::full, *it.one)),
              flow::retry_class::not_retryable);
    diagnostics info;
    record(call::ending::full, *it.one, 1, info);
    EXPECT_EQ(info.phase, call_phase::pool);
}

TEST(CallReport, OfAWithdrawalIsTheCallersWish) {
    call_rig it;
    EXPECT_EQ(error_of(call::ending::withdrawn, *it.one), boost::asio::error::operation_aborted);
}

TEST(CallReport, KeepsTheRequestIdOfTheLastReply) {
    const auto it = replied(http_reply("{}", "200 OK", "x-amzn-RequestId: last\r\n"));
    diagnostics info;
    info.request_id = "first";
    record(it.how(), *it.one, 2, info);
    EXPECT_EQ(info.request_id, "last");
    const auto unnamed = replied(http_reply("{}", "200 OK"));
    record(unnamed.how(), *unnamed.one, 3, info);
    EXPECT_EQ(info.request_id, "last");
}

} // namespace
} // namespace redrive::detail
