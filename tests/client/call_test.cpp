#include "client/call.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "call_rig.hpp"

namespace redrive::detail {
namespace {

using namespace std::chrono_literals;
using test::http_reply;
using ::testing::HasSubstr;
using ending = call::ending;

TEST(Call, ReadsTheBodyOfAGoodReply) {
    call_rig it;
    it.peer->connection().expect(1).reply(http_reply(R"({"ApproximateNumberOfMessagesMoved":42})"));
    it.attempt();
    EXPECT_EQ(it.how(), ending::answered);
    EXPECT_EQ(it.output->moved, 42);
    EXPECT_EQ(it.one->status(), 200u);
}

TEST(Call, TakesAnEmptyBodyForAnAnswer) {
    call_rig it;
    it.peer->connection().expect(1).reply(http_reply(""));
    it.attempt();
    EXPECT_EQ(it.how(), ending::answered);
}

TEST(Call, TellsABodyThatIsNotJsonFromAnAnswer) {
    call_rig it;
    it.peer->connection().expect(1).reply(http_reply("{\"x\":"));
    it.attempt();
    EXPECT_EQ(it.how(), ending::unreadable);
}

TEST(Call, KeepsWhatTheServiceRefusedItFor) {
    call_rig it;
    it.peer->connection().expect(1).reply(http_reply(
        R"({"__type":"x#RequestThrottled"})", "403 Forbidden", "x-amz-retry-after: 250\r\n"));
    it.attempt();
    EXPECT_EQ(it.how(), ending::refused);
    EXPECT_EQ(it.one->error().meaning, service_errc::throttled);
    EXPECT_EQ(it.one->retry_after(), 250ms);
}

TEST(Call, SignsEachAttemptAnewWithItsNumberAndTime) {
    call_rig it;
    it.peer->connection().serve([](const test::seen_request&) { return http_reply("{}"); });
    it.attempt(1);
    it.world->time->advance(10s);
    it.attempt(2);
    const auto& seen = it.peer->requests();
    EXPECT_EQ(seen.at(0).header("amz-sdk-request"), "attempt=1; max=3");
    EXPECT_EQ(seen.at(1).header("amz-sdk-request"), "attempt=2; max=3");
    EXPECT_EQ(seen.at(0).header("X-Amz-Date"), "20260601T000000Z");
    EXPECT_EQ(seen.at(1).header("X-Amz-Date"), "20260601T000010Z");
    EXPECT_NE(seen.at(0).header("Authorization"), seen.at(1).header("Authorization"));
    EXPECT_EQ(seen.at(0).header("amz-sdk-invocation-id"),
              seen.at(1).header("amz-sdk-invocation-id"));
}

TEST(Call, KeepsNothingOfTheAttemptBefore) {
    call_rig it;
    it.peer->connection()
        .expect(1)
        .reply(http_reply("{\"__type\":\"Throttling\"}",
                          "400 Bad Request",
                          "x-amzn-RequestId: id\r\nx-amz-retry-after: 1\r\nDate: Mon, 01 Jun 2026 "
                          "00:10:00 GMT\r\n"))
        .close();
    it.attempt(1);
    EXPECT_EQ(it.one->request_id(), "id");
    it.peer->stop_listening();
    it.world->settle();
    it.attempt(2);
    EXPECT_EQ(it.how(), ending::lost);
    EXPECT_EQ(it.one->request_id(), "");
    EXPECT_EQ(it.one->status(), 0u);
    EXPECT_EQ(it.one->error().code, "");
    EXPECT_FALSE(it.one->retry_after());
}

TEST(Call, KnowsWhenOurClockExplainsARefusal) {
    const auto reply_at = [](const char* date) {
        return http_reply("{\"__type\":\"InvalidSignatureException\"}",
                          "403 Forbidden",
                          std::string{"Date: "} + date + "\r\n");
    };
    call_rig skewed;
    skewed.peer->connection().expect(1).reply(reply_at("Mon, 01 Jun 2026 00:05:00 GMT"));
    skewed.attempt();
    EXPECT_TRUE(skewed.one->clock_skewed());
    EXPECT_EQ(skewed.signing->skew.current(), 5min);
    call_rig right;
    right.peer->connection().expect(1).reply(reply_at("Mon, 01 Jun 2026 00:03:00 GMT"));
    right.attempt();
    EXPECT_FALSE(right.one->clock_skewed());
}

TEST(Call, IsToldNothingOnceItWasWithdrawn) {
    call_rig it;
    it.peer->connection().expect(1).reply(http_reply("{}"));
    it.begin();
    it.one->withdraw(); // before the connection is open
    it.world->settle();
    EXPECT_FALSE(it.ended());
    EXPECT_EQ(it.one->withdrawn_in(), call_phase::pool);
    EXPECT_FALSE(it.one->maybe_applied());

    call_rig written;
    written.peer->connection().expect_end();
    written.begin();
    written.world->settle();
    written.one->withdraw();
    written.one->withdraw();
    written.world->settle();
    EXPECT_FALSE(written.ended());
    EXPECT_EQ(written.one->withdrawn_in(), call_phase::read);
    EXPECT_TRUE(written.one->maybe_applied());
}

TEST(Call, GoesInTheLaneOfItsOperation) {
    const call_rig cancel;
    EXPECT_EQ(cancel.one->in_lane().kind, flow::traffic_class::cancels);
    const call_rig list{wire::operation::list_message_move_tasks};
    EXPECT_EQ(list.one->in_lane().kind, flow::traffic_class::others);
}

} // namespace
} // namespace redrive::detail
