#include "flow/retry.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;

constexpr auto v2_0 = retry_version::v2_0;
constexpr auto v2_1 = retry_version::v2_1;

attempt_result status(unsigned code) {
    attempt_result result;
    result.status = code;
    return result;
}

attempt_result error(unsigned code, std::string_view type_code, std::string_view legacy = {}) {
    auto result = status(code);
    result.type_code = type_code;
    result.legacy_code = legacy;
    return result;
}

attempt_result failure(transport_failure how) {
    attempt_result result;
    result.transport = how;
    return result;
}

TEST(RetryClassify, LooksAtTheCodeThenTheStatusThenTheTransport) {
    struct row {
        const char* name;
        attempt_result result;
        retry_class expected;
    };
    using enum retry_class;
    const std::vector<row> table{
        {"200", status(200), success},
        {"204", status(204), success},
        {"301", status(301), not_retryable},
        {"400", status(400), not_retryable},
        {"403", status(403), not_retryable},
        {"408 alone", status(408), not_retryable},
        {"429 alone", status(429), not_retryable},
        {"500", status(500), transient},
        {"501", status(501), not_retryable},
        {"502", status(502), transient},
        {"503", status(503), transient},
        {"504", status(504), transient},
        {"505", status(505), not_retryable},
        {"a throttle at 403", error(403, "RequestThrottled"), throttling},
        {"a throttle at 400", error(400, "ThrottlingException"), throttling},
        {"a throttle at 503", error(503, "SlowDown"), throttling},
        {"a throttle at 429", error(429, "TooManyRequestsException"), throttling},
        {"a throttle by its legacy code", error(400, "Unknown", "Throttling"), throttling},
        {"throttle before transient", error(500, "RequestTimeout", "Throttling"), throttling},
        {"LimitExceededException", error(400, "LimitExceededException"), throttling},
        {"RequestTimeout at 400", error(400, "RequestTimeout"), transient},
        {"RequestTimeoutException", error(408, "RequestTimeoutException"), transient},
        {"STS without its identity provider", error(400, "IDPCommunicationError"), transient},
        {"KmsThrottled", error(400, "KmsThrottled", "KMS.ThrottlingException"), not_retryable},
        {"OverLimit", error(403, "OverLimit"), not_retryable},
        {"denied", error(403, "AccessDeniedException", "AccessDenied"), not_retryable},
        {"an unknown code at 500", error(500, "Whatever"), transient},
        {"refused", failure(transport_failure::connect), transient},
        {"reset", failure(transport_failure::reset), transient},
        {"silent", failure(transport_failure::read_timeout), timeout},
        {"TLS", failure(transport_failure::tls), transient},
        {"DNS", failure(transport_failure::dns), transient},
        {"certificate", failure(transport_failure::certificate), not_retryable},
        {"no reply and no reason", attempt_result{}, not_retryable},
    };
    for (const auto& row : table)
        EXPECT_EQ(classify(row.result), row.expected) << row.name;
}

TEST(RetryClassify, TakesATruncatedSuccessForATransportFailure) {
    auto result = status(200);
    result.transport = transport_failure::reset;
    EXPECT_EQ(classify(result), retry_class::transient);
}

TEST(RetryClassify, RetriesASkewedClockAsTransient) {
    auto result = error(403, "InvalidSignatureException");
    EXPECT_EQ(classify(result), retry_class::not_retryable);
    result.clock_skewed = true;
    EXPECT_EQ(classify(result), retry_class::transient);
}

TEST(RetryBackoff, DoublesUpToTwentySecondsWithTheJitterAfterTheCap) {
    struct row {
        retry_version version;
        retry_class why;
        std::uint32_t attempt;
        double random;
        milliseconds expected;
    };
    using enum retry_class;
    const std::vector<row> table{
        {v2_1, transient, 1, 1, 50ms},
        {v2_1, transient, 2, 1, 100ms},
        {v2_1, transient, 3, 1, 200ms},
        {v2_1, transient, 4, 1, 400ms},
        {v2_1, transient, 9, 1, 12'800ms},
        {v2_1, transient, 10, 1, 20s},
        {v2_1, transient, 11, 1, 20s},
        {v2_1, transient, 64, 1, 20s},
        {v2_1, transient, 4'000'000'000, 1, 20s},
        {v2_1, timeout, 1, 1, 50ms},
        {v2_1, throttling, 1, 1, 1s},
        {v2_1, throttling, 2, 1, 2s},
        {v2_1, throttling, 6, 1, 20s},
        {v2_0, transient, 1, 1, 1s},
        {v2_0, throttling, 1, 1, 1s},
        {v2_0, timeout, 3, 1, 4s},
        {v2_1, transient, 1, 0, 0ms},
        {v2_1, transient, 1, 0.5, 25ms},
        {v2_1, transient, 40, 0.5, 10s},
        {v2_1, throttling, 2, 0.25, 500ms},
        {v2_1, transient, 1, 7, 50ms},
        {v2_1, transient, 1, -1, 0ms},
    };
    for (const auto& row : table) {
        EXPECT_EQ(backoff_delay(row.version, row.why, row.attempt, row.random, std::nullopt),
                  row.expected)
            << "attempt " << row.attempt << " random " << row.random;
    }
}

TEST(RetryBackoff, KeepsTheServicesWishWithinFiveSecondsOfItsOwn) {
    struct row {
        std::string_view header;
        milliseconds expected;
    };
    // Its own delay is 50 ms.
    const row table[]{
        {"1500", 1500ms},
        {"0", 50ms},
        {"10000", 5050ms},
        {"invalid", 50ms},
        {"-100", 50ms},
        {"50", 50ms},
        {"5050", 5050ms},
        {"9223372036854775807", 5050ms},
    };
    for (const auto& row : table) {
        EXPECT_EQ(backoff_delay(v2_1, retry_class::transient, 1, 1, parse_retry_after(row.header)),
                  row.expected)
            << row.header;
    }
}

TEST(RetryBackoff, ObeysTheServiceUpToTheCapInVersion20) {
    const auto delay = [](milliseconds wish) {
        return backoff_delay(v2_0, retry_class::transient, 1, 1, wish);
    };
    EXPECT_EQ(delay(0ms), 0ms);
    EXPECT_EQ(delay(1500ms), 1500ms);
    EXPECT_EQ(delay(60s), 20s);
    EXPECT_EQ(delay(-1ms), 1s);
}

TEST(RetryAfter, IsAWholeNumberOfMillisecondsOrNothing) {
    EXPECT_EQ(parse_retry_after("0"), 0ms);
    EXPECT_EQ(parse_retry_after("1500"), 1500ms);
    for (const auto* text : {"",
                             " ",
                             "-1",
                             "+1",
                             "1.5",
                             "1e3",
                             "0x10",
                             "12s",
                             " 5",
                             "5 ",
                             "9223372036854775808",
                             "Wed, 21 Oct 2026 07:28:00 GMT"}) {
        EXPECT_EQ(parse_retry_after(text), std::nullopt) << '"' << text << '"';
    }
}

TEST(RetryQuota, TakesAllOrNothingAndNeverPassesItsCapacity) {
    retry_quota quota{20};
    EXPECT_TRUE(quota.take(14));
    EXPECT_FALSE(quota.take(14));
    EXPECT_EQ(quota.available(), 6u);
    EXPECT_TRUE(quota.take(6));
    EXPECT_TRUE(quota.take(0));
    EXPECT_FALSE(quota.take(1));
    quota.refund(5);
    EXPECT_EQ(quota.available(), 5u);
    quota.refund(static_cast<std::size_t>(-1));
    EXPECT_EQ(quota.available(), 20u);
}

TEST(RetryCost, IsThePublishedOne) {
    using enum retry_class;
    EXPECT_EQ(retry_cost(v2_0, transient), 5u);
    EXPECT_EQ(retry_cost(v2_0, timeout), 10u);
    EXPECT_EQ(retry_cost(v2_0, throttling), 5u);
    EXPECT_EQ(retry_cost(v2_1, transient), 14u);
    EXPECT_EQ(retry_cost(v2_1, timeout), 14u);
    EXPECT_EQ(retry_cost(v2_1, throttling), 5u);
    for (const auto version : {v2_0, v2_1}) {
        EXPECT_EQ(retry_cost(version, success), 0u);
        EXPECT_EQ(retry_cost(version, not_retryable), 0u);
    }
}

struct judged {
    attempt_result result;
    retry_outcome outcome;
    milliseconds delay; // with a random of 1
    std::size_t quota;  // left afterwards
};

void expect_course(retry_config config, std::size_t capacity, const std::vector<judged>& course) {
    retry_quota quota{capacity};
    retry_course call{config, quota};
    for (std::size_t i = 0; i < course.size(); ++i) {
        SCOPED_TRACE("attempt " + std::to_string(i + 1));
        EXPECT_EQ(call.attempt(), i + 1);
        const auto decision = call.judge(course[i].result, 1);
        EXPECT_EQ(decision.outcome, course[i].outcome);
        EXPECT_EQ(decision.delay, course[i].delay);
        EXPECT_EQ(quota.available(), course[i].quota);
    }
}

constexpr auto again = retry_outcome::retry;

TEST(RetryCourse, RefundsTheCostOfTheLastRetryOnly) {
    expect_course({v2_1, 3},
                  500,
                  {{status(500), again, 50ms, 486},
                   {status(500), again, 100ms, 472},
                   {status(200), retry_outcome::success, 0ms, 486}});
}

TEST(RetryCourse, RefundsWhatAThrottleCostWhenItWasTheLast) {
    expect_course({v2_1, 3},
                  500,
                  {{status(500), again, 50ms, 486},
                   {error(403, "RequestThrottled"), again, 2s, 481},
                   {status(200), retry_outcome::success, 0ms, 486}});
}

TEST(RetryCourse, CountsInTheOldCurrencyInVersion20) {
    expect_course({v2_0, 4},
                  500,
                  {{status(503), again, 1s, 495},
                   {failure(transport_failure::read_timeout), again, 2s, 485},
                   {error(400, "Throttling"), again, 4s, 480},
                   {status(200), retry_outcome::success, 0ms, 485}});
}

TEST(RetryCourse, EarnsOneWhenTheFirstAttemptSucceeds) {
    retry_quota quota{500};
    ASSERT_TRUE(quota.take(100));
    retry_course call{{}, quota};
    EXPECT_EQ(call.judge(status(200), 0).outcome, retry_outcome::success);
    EXPECT_EQ(quota.available(), 401u);
}

TEST(RetryCourse, ChargesNothingForTheFailureThatEndsIt) {
    expect_course({v2_1, 3},
                  500,
                  {{status(502), again, 50ms, 486},
                   {status(502), again, 100ms, 472},
                   {status(502), retry_outcome::max_attempts, 0ms, 472}});
}

TEST(RetryCourse, LooksAtTheAttemptsBeforeTheQuota) {
    expect_course({v2_1, 1}, 0, {{status(500), retry_outcome::max_attempts, 0ms, 0}});
    expect_course({v2_1, 3}, 0, {{status(500), retry_outcome::quota, 0ms, 0}});
}

TEST(RetryCourse, StopsWithoutAWaitWhenTheQuotaIsSpent) {
    expect_course({v2_1, 5},
                  18,
                  {{status(500), again, 50ms, 4}, {status(500), retry_outcome::quota, 0ms, 4}});
}

TEST(RetryCourse, NeverRetriesWhatIsNotRetryable) {
    expect_course(
        {v2_1, 3},
        500,
        {{error(404, "ResourceNotFoundException"), retry_outcome::not_retryable, 0ms, 500}});
    expect_course({v2_1, 3},
                  500,
                  {{status(500), again, 50ms, 486},
                   {error(400, "InvalidAddress"), retry_outcome::not_retryable, 0ms, 486}});
}

TEST(RetryCourse, HonoursTheServicesWishOnARetryableReplyOnly) {
    retry_quota quota;
    retry_course call{{v2_1, 3}, quota};
    EXPECT_EQ(call.judge(status(500), 1, 1500ms).delay, 1500ms);
    const auto decision = call.judge(status(400), 1, 1500ms);
    EXPECT_EQ(decision.outcome, retry_outcome::not_retryable);
    EXPECT_EQ(decision.delay, 0ms);
}

TEST(RetryCourse, SharesItsQuotaWithTheOtherCalls) {
    retry_quota quota{20};
    retry_course one{{v2_1, 3}, quota};
    retry_course other{{v2_1, 3}, quota};
    EXPECT_EQ(one.judge(status(500), 0).outcome, again);
    EXPECT_EQ(other.judge(status(500), 0).outcome, retry_outcome::quota);
    EXPECT_EQ(one.judge(status(200), 0).outcome, retry_outcome::success);
    EXPECT_EQ(other.judge(status(500), 0).outcome, again);
}

} // namespace
} // namespace redrive::flow
