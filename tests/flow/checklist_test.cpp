#include <gtest/gtest.h>

#include <string>

#include "flow/clock_skew.hpp"
#include "flow/retry.hpp"
#include "wire/error_reply.hpp"

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;

// What is easy to get wrong in the decisions about a reply; the number is the item's. From the
// bytes of a reply to what is decided, unlike the tests of the parts.

struct reply {
    unsigned status = 0;
    std::string type = {};
    wire::http_headers headers = {};
};

// Keeps what an attempt_result looks at.
struct judged_reply {
    explicit judged_reply(const reply& from) {
        wire::json_reader reader;
        error = wire::read_error(
            from.status, "", from.headers, R"({"__type":"x#)" + from.type + "\"}", reader);
        result.status = from.status;
        result.type_code = error.type_code;
        result.legacy_code = error.code;
    }
    judged_reply(const judged_reply&) = delete;
    judged_reply& operator=(const judged_reply&) = delete;

    wire::service_error error;
    attempt_result result;
};

retry_class class_of(const reply& from) {
    return classify(judged_reply{from}.result);
}

retry_decision judge(retry_course& call, const reply& from) {
    const judged_reply seen{from};
    const auto wish = parse_retry_after(wire::find_header(from.headers, "x-amz-retry-after"));
    return call.judge(seen.result, 1, wish);
}

TEST(Checklist, Item02AThrottleIsWorthAnotherAttemptAt403AndABadAddressAt404IsNot) {
    EXPECT_EQ(class_of({403, "RequestThrottled"}), retry_class::throttling);
    EXPECT_EQ(class_of({404, "InvalidAddress"}), retry_class::not_retryable);
}

TEST(Checklist, Item04EitherOfTheTwoCodesOfAnErrorDecides) {
    const wire::http_headers legacy{{"x-amzn-query-error", "RequestThrottled;Sender"}};
    EXPECT_EQ(class_of({400, "Unheard", legacy}), retry_class::throttling);
    EXPECT_EQ(class_of({400, "RequestThrottled", {{"x-amzn-query-error", "Unheard;Sender"}}}),
              retry_class::throttling);
    // The legacy code of this one is AccessDenied, which is no sign of a wrong clock.
    EXPECT_TRUE(clock_skew{}.explains("AccessDeniedException", "AccessDenied", 5min));
}

TEST(Checklist, Item05AStatus429WithoutACodeThatIsKnownIsNotTriedAgain) {
    EXPECT_EQ(class_of({429, ""}), retry_class::not_retryable);
    EXPECT_EQ(class_of({429, "Unheard"}), retry_class::not_retryable);
    EXPECT_EQ(class_of({429, "TooManyRequestsException"}), retry_class::throttling);
}

TEST(Checklist, Item06ASuccessPaysTheLastRetryBackAndTheBoundOfAttemptsComesBeforeTheQuota) {
    retry_quota quota{500};
    retry_course call{{retry_version::v2_1, 3}, quota};
    EXPECT_EQ(judge(call, {500}).outcome, retry_outcome::retry);
    EXPECT_EQ(judge(call, {403, "RequestThrottled"}).outcome, retry_outcome::retry);
    EXPECT_EQ(quota.available(), 500u - 14 - 5);
    attempt_result good;
    good.status = 200;
    EXPECT_EQ(call.judge(good, 1).outcome, retry_outcome::success);
    EXPECT_EQ(quota.available(), 500u - 14);

    retry_quota empty{0};
    retry_course once{{retry_version::v2_1, 1}, empty};
    EXPECT_EQ(judge(once, {500}).outcome, retry_outcome::max_attempts);
    retry_course twice{{retry_version::v2_1, 2}, empty};
    EXPECT_EQ(judge(twice, {500}).outcome, retry_outcome::quota);
}

// The first pause is 50 ms with this random number.
TEST(Checklist, Item07RetryAfterIsInMillisecondsAndBoundByThePauseAndFiveSecondsMore) {
    const auto pause = [](const char* wish) {
        retry_quota quota;
        retry_course call{{retry_version::v2_1, 3}, quota};
        return judge(call, {500, "", {{"x-amz-retry-after", wish}}}).delay;
    };
    EXPECT_EQ(pause("1500"), 1500ms);
    EXPECT_EQ(pause("0"), 50ms);
    EXPECT_EQ(pause("10000"), 5050ms);
    for (const auto* nonsense : {"invalid", "-100", "1.5", "2s", ""})
        EXPECT_EQ(pause(nonsense), 50ms) << nonsense;
}

TEST(Checklist, Item08TheSkewIsTakenInTheMiddleOfAnExchangeAndNeverFromACache) {
    const wire::wall_time midnight =
        std::chrono::sys_days{std::chrono::year{2026} / std::chrono::September / 4};
    const wire::http_headers dated{{"Date", "Fri, 04 Sep 2026 00:05:01 GMT"}};
    clock_skew skew;
    EXPECT_EQ(skew.replied(midnight, midnight + 2s, dated), 300s);
    auto aged = dated;
    aged.push_back({"Age", "0"});
    EXPECT_EQ(skew.replied(midnight + 1h, midnight + 1h, aged), std::nullopt);
    EXPECT_EQ(skew.current(), 300s);
}

} // namespace
} // namespace redrive::flow
