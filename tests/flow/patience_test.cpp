#include "flow/patience.hpp"

#include <gtest/gtest.h>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;
using verdict = patience::verdict;

const patience::time start = patience::time{} + 1000s;
constexpr auto list = call_purpose::search;

TEST(Patience, GoesOnWhileNothingHappened) {
    EXPECT_EQ(patience{}.judge(list, start, start + 1h), verdict::go_on);
}

TEST(Patience, GivesUpAfterThreeAttemptsOnAnEndpointThatNeverAnswered) {
    patience waiting;
    waiting.silent(start);
    waiting.silent(start + 1s);
    EXPECT_EQ(waiting.judge(list, start, start + 1s), verdict::go_on);
    waiting.silent(start + 2s);
    EXPECT_EQ(waiting.judge(list, start, start + 2s), verdict::unreachable);
}

TEST(Patience, WaitsAMinuteForAnEndpointThatAnsweredOnce) {
    patience waiting;
    waiting.admitted(list, start);
    for (int i = 0; i < 10; ++i)
        waiting.silent(start + 1s);
    EXPECT_EQ(waiting.judge(list, start, start + 59s), verdict::go_on);
    EXPECT_EQ(waiting.judge(list, start, start + 60s), verdict::unreachable);
}

TEST(Patience, CountsTheMinuteFromWhenTheTargetCame) {
    patience waiting;
    waiting.admitted(list, start);
    waiting.silent(start + 300s);
    EXPECT_EQ(waiting.judge(list, start + 290s, start + 300s), verdict::go_on);
    EXPECT_EQ(waiting.judge(list, start, start + 300s), verdict::unreachable);
}

TEST(Patience, TakesAThrottleForAReply) {
    patience waiting;
    waiting.silent(start);
    waiting.silent(start);
    waiting.throttled(list, start);
    waiting.silent(start);
    EXPECT_EQ(waiting.judge(list, start, start), verdict::go_on);
}

TEST(Patience, WaitsFiveMinutesWhileItsOperationIsThrottled) {
    patience waiting;
    waiting.admitted(list, start);
    waiting.throttled(list, start + 1s);
    EXPECT_EQ(waiting.judge(list, start, start + 299s), verdict::go_on);
    EXPECT_EQ(waiting.judge(list, start, start + 300s), verdict::throttled);
}

TEST(Patience, BeginsAnewWithEachAdmittedCall) {
    patience waiting;
    waiting.throttled(list, start);
    waiting.admitted(list, start + 299s);
    EXPECT_EQ(waiting.judge(list, start, start + 301s), verdict::go_on);
    waiting.throttled(list, start + 302s);
    EXPECT_EQ(waiting.judge(list, start, start + 598s), verdict::go_on);
    EXPECT_EQ(waiting.judge(list, start, start + 599s), verdict::throttled);
}

TEST(Patience, KeepsOperationsApart) {
    patience waiting;
    waiting.throttled(call_purpose::order, start);
    EXPECT_EQ(waiting.judge(call_purpose::order, start, start + 300s), verdict::throttled);
    EXPECT_EQ(waiting.judge(call_purpose::search_page, start, start + 300s), verdict::go_on);
    EXPECT_EQ(waiting.judge(list, start, start + 300s), verdict::go_on);
}

TEST(Patience, TakesProofsAndSearchesForOneOperation) {
    patience waiting;
    waiting.throttled(call_purpose::proof, start);
    EXPECT_EQ(waiting.judge(call_purpose::search, start, start + 300s), verdict::throttled);
    waiting.admitted(call_purpose::search, start + 300s);
    EXPECT_EQ(waiting.judge(call_purpose::proof, start, start + 301s), verdict::go_on);
}

TEST(Patience, KnowsWhichOperationIsThrottledNow) {
    patience waiting;
    EXPECT_FALSE(waiting.is_throttled(list));
    waiting.throttled(list, start);
    EXPECT_TRUE(waiting.is_throttled(call_purpose::proof));
    EXPECT_FALSE(waiting.is_throttled(call_purpose::order));
    waiting.admitted(list, start);
    EXPECT_FALSE(waiting.is_throttled(list));
}

TEST(Patience, HasBoundsOfTheCallersChoice) {
    patience waiting{{.silence = 5s, .attempts_never_heard = 1, .throttled = 10s}};
    waiting.silent(start);
    EXPECT_EQ(waiting.judge(list, start, start), verdict::unreachable);
    waiting.throttled(call_purpose::search_page, start);
    EXPECT_EQ(waiting.judge(call_purpose::search_page, start, start + 10s), verdict::throttled);
}

} // namespace
} // namespace redrive::flow
