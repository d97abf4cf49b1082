#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "client_rig.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;
using test::http_reply;
using ::testing::HasSubstr;

// What is easy to get wrong in a whole call; the number is the item's.

TEST(Checklist, Item02ACallThatIsThrottledWith403GoesOnAndOneOfABadAddressEnds) {
    client_rig it;
    it.peer.connection()
        .expect(1)
        .reply(failed("RequestThrottled", "403 Forbidden"))
        .expect(1)
        .reply(moved(7))
        .expect(1)
        .reply(failed("InvalidAddress", "404 Not Found"));
    auto& throttled = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(throttled.result.moved, 7);
    auto& junk = it.cancel(2);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(junk.ec, service_errc::invalid_parameter);
    EXPECT_EQ(it.peer.requests().size(), 3u);
}

TEST(Checklist, Item08AReplyOfSuccessCorrectsTheClockToo) {
    client_rig it; // where it is 2026-06-01 00:00:00
    it.peer.connection()
        .expect(1)
        .reply(http_reply("{}", "200 OK", "Date: Mon, 01 Jun 2026 00:00:07 GMT\r\n"))
        .serve(moved_of);
    it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    it.cancel(2);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.peer.requests().at(1).header("X-Amz-Date"), "20260601T000007Z");
}

TEST(Checklist, Item09EachAttemptIsSignedAnewAndCountedAndAllOfACallHaveOneId) {
    client_rig it;
    it.peer.connection()
        .expect(1)
        .reply(failed("RequestThrottled", "403 Forbidden", "x-amz-retry-after: 3000\r\n"))
        .expect(1)
        .reply(moved(1));
    it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    const auto& first = it.peer.requests().at(0);
    const auto& second = it.peer.requests().at(1);
    for (const auto* name : {"Authorization", "X-Amz-Date", "amz-sdk-request"})
        EXPECT_NE(first.header(name), second.header(name)) << name;
    EXPECT_EQ(second.header("amz-sdk-request"), "attempt=2; max=3");
    EXPECT_EQ(first.header("amz-sdk-invocation-id"), second.header("amz-sdk-invocation-id"));
    EXPECT_EQ(first.header("amz-sdk-invocation-id").size(), 36u);
}

TEST(Checklist, Item22ATokenOfFourKibibytesServesAndALongerOneIsRefusedBeforeItIsSent) {
    for (const std::size_t size : {4096u, 4097u}) {
        client_rig it;
        const std::string token(size, 't');
        it.config.identity->session_token = secret_text{token};
        it.peer.connection().serve(moved_of);
        auto& call = it.cancel(1);
        ASSERT_TRUE(it.run_until_done());
        if (size == 4096) {
            EXPECT_EQ(call.ec, error_code{});
            EXPECT_EQ(it.peer.requests().at(0).header("X-Amz-Security-Token"), token);
        } else {
            EXPECT_EQ(call.ec, client_errc::bad_configuration);
            EXPECT_THAT(call.result.info.message, HasSubstr("session token"));
            EXPECT_TRUE(it.peer.requests().empty());
        }
    }
}

} // namespace
} // namespace redrive
