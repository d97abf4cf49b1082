#include "flow/clock_skew.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;
using wire::http_headers;

const wire::wall_time midnight =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::September / 4};

const http_headers five_past{{"Date", "Fri, 04 Sep 2026 00:05:01 GMT"}};

TEST(ClockSkew, IsZeroAtFirst) {
    EXPECT_EQ(clock_skew{}.current(), 0ms);
}

TEST(ClockSkew, MeasuresFromTheMiddleOfTheExchange) {
    clock_skew skew;
    EXPECT_EQ(skew.replied(midnight, midnight + 2s, five_past), 300s);
    EXPECT_EQ(skew.current(), 300s);
    EXPECT_EQ(midnight + 2s + skew.current(), midnight + 5min + 2s) << "the next signature's time";
}

TEST(ClockSkew, IsNegativeWhenTheServerIsBehind) {
    clock_skew skew;
    EXPECT_EQ(skew.replied(midnight + 10min, midnight + 10min, five_past), -299s);
}

TEST(ClockSkew, HealsOnEveryReplyHoweverSmallTheSkew) {
    clock_skew skew;
    (void)skew.replied(midnight, midnight + 2s, five_past);
    const auto sent = midnight + 5min + 1s;
    EXPECT_EQ(skew.replied(sent, sent + 1ms, five_past), 0ms);
    EXPECT_EQ(skew.current(), 0ms);
}

TEST(ClockSkew, KeepsMilliseconds) {
    clock_skew skew;
    EXPECT_EQ(skew.replied(midnight, midnight + 501ms, five_past), 301s - 250ms);
}

TEST(ClockSkew, LearnsNothingFromAReplyThatSaysNothingOfNow) {
    struct row {
        const char* name;
        wire::wall_time received;
        http_headers headers;
    };
    const row table[]{
        {"no Date", midnight, {}},
        {"a Date that is none", midnight, {{"Date", "yesterday"}}},
        {"an empty Date", midnight, {{"Date", ""}}},
        {"out of a cache", midnight, {{"Date", "Fri, 04 Sep 2026 00:05:01 GMT"}, {"age", "0"}}},
        {"too slow", midnight + 15min + 1ms, five_past},
        {"our clock was set back meanwhile", midnight - 1ms, five_past},
    };
    for (const auto& row : table) {
        clock_skew skew;
        (void)skew.replied(midnight, midnight + 2s, five_past);
        EXPECT_EQ(skew.replied(midnight, row.received, row.headers), std::nullopt) << row.name;
        EXPECT_EQ(skew.current(), 300s) << row.name;
    }
}

TEST(ClockSkew, LearnsFromAnExchangeOfExactlyFifteenMinutes) {
    clock_skew skew;
    EXPECT_EQ(skew.replied(midnight, midnight + 15min, five_past), 301s - 450s);
}

TEST(ClockSkew, ExplainsOnlyASkewCodeMoreThanFourMinutesOff) {
    const clock_skew skew;
    for (const auto* code : {"InvalidSignatureException",
                             "SignatureDoesNotMatch",
                             "AuthFailure",
                             "RequestTimeTooSkewed",
                             "AccessDeniedException"}) {
        EXPECT_TRUE(skew.explains(code, "", 240'001ms)) << code;
        EXPECT_TRUE(skew.explains("", code, -240'001ms)) << code;
        EXPECT_FALSE(skew.explains(code, code, 240s)) << code;
        EXPECT_FALSE(skew.explains(code, code, -240s)) << code;
        EXPECT_FALSE(skew.explains(code, code, std::nullopt)) << code;
    }
    EXPECT_TRUE(skew.explains("AccessDeniedException", "AccessDenied", 5min));
    for (const auto* code : {"RequestExpired", "RequestInTheFuture", "AccessDenied", ""}) {
        EXPECT_FALSE(skew.explains(code, code, 1h)) << code;
    }
}

TEST(ClockSkew, NeitherRecordsNorExplainsWhenDisabled) {
    clock_skew skew;
    skew.disable();
    EXPECT_EQ(skew.replied(midnight, midnight + 2s, five_past), std::nullopt);
    EXPECT_EQ(skew.current(), 0ms);
    EXPECT_FALSE(skew.explains("RequestTimeTooSkewed", "", 5min));
}

} // namespace
} // namespace redrive::flow
