#include "sim/fault_rules.hpp"

#include <algorithm>
#include <stdexcept>

#include <gtest/gtest.h>

namespace redrive::sim {
namespace {

using namespace std::chrono_literals;

fault_rules rules(std::vector<std::string> texts, std::uint64_t seed = 1) {
    std::vector<fault_rule> parsed;
    for (const auto& text : texts)
        parsed.push_back(parse_fault(text));
    fault_rules made{seed};
    made.replace(std::move(parsed));
    return made;
}

// Which of the next calls meet a fault: "x" for each, else ".".
std::string pattern(fault_rules& faults, int calls) {
    std::string text;
    for (int i = 0; i < calls; ++i)
        text += faults.judge("ListQueues", "100000000001", "us-east-1").action == fault_action::none
                    ? '.'
                    : 'x';
    return text;
}

TEST(FaultRules, CountOnlyWhatTheyMatch) {
    auto faults = rules({"op=ListQueues,account=100000000001,nth=2,do=close"});
    (void)faults.judge("ListQueues", "100000000002", "us-east-1");
    (void)faults.judge("GetQueueUrl", "100000000001", "us-east-1");
    EXPECT_EQ(pattern(faults, 4), ".x..");
}

TEST(FaultRules, FireAlwaysOrEveryNthTime) {
    auto always = rules({"do=reset"});
    EXPECT_EQ(pattern(always, 3), "xxx");
    auto third = rules({"op=*,every=3,do=reset"});
    EXPECT_EQ(pattern(third, 7), "..x..x.");
}

TEST(FaultRules, FireByChanceTheSameWayForTheSameSeed) {
    auto first = rules({"p=0.3,do=half"}, 7), second = rules({"p=0.3,do=half"}, 7);
    auto other = rules({"p=0.3,do=half"}, 8);
    const auto fired = pattern(first, 200);
    EXPECT_EQ(fired, pattern(second, 200));
    EXPECT_NE(fired, pattern(other, 200));
    EXPECT_NEAR(double(std::count(fired.begin(), fired.end(), 'x')), 60, 25);
}

TEST(FaultRules, LetTheFirstDecideAndAddDelaysAndClocks) {
    auto faults = rules(
        {"do=delay:100", "do=delay:20", "do=date:-600", "do=error:KmsThrottled:429", "do=close"});
    const auto verdict = faults.judge("ListQueues", "100000000001", "us-east-1");
    EXPECT_EQ(verdict.delay, 120ms);
    EXPECT_EQ(verdict.date_offset, -600s);
    EXPECT_EQ(verdict.action, fault_action::error);
    EXPECT_EQ(verdict.text, "KmsThrottled");
    EXPECT_EQ(verdict.number, 429);
}

TEST(FaultRules, CountConnectionsForHandshakes) {
    auto faults = rules({"nth=2,do=tls-fail"});
    EXPECT_EQ(pattern(faults, 3), "...");
    EXPECT_FALSE(faults.fails_handshake());
    EXPECT_TRUE(faults.fails_handshake());
    EXPECT_FALSE(faults.fails_handshake());
}

TEST(FaultRules, UnderstandEveryAction) {
    for (const auto* action : {"throttle",
                               "error:InternalError",
                               "error:ThrottlingException:429",
                               "delay:100",
                               "close",
                               "reset",
                               "half",
                               "drip",
                               "drip:5",
                               "garbage",
                               "stale",
                               "stale:200",
                               "close-after:10",
                               "drop-pipeline",
                               "no-pipelining",
                               "date:600",
                               "date:-600",
                               "tls-fail",
                               "html:502"})
        EXPECT_NO_THROW((void)parse_fault("do=" + std::string{action})) << action;
}

TEST(FaultRules, RefuseWhatTheyDoNotUnderstand) {
    for (const auto* text : {"",
                             "op=ListQueues",
                             "do=",
                             "do=explode",
                             "do=delay",
                             "do=delay:x",
                             "do=close:1",
                             "do=html:200",
                             "do=error:",
                             "do=error:X:200",
                             "nth=0,do=close",
                             "nth=1,every=2,do=close",
                             "p=0,do=close",
                             "colour=red,do=close",
                             "do"})
        EXPECT_THROW((void)parse_fault(text), std::invalid_argument) << text;
}

} // namespace
} // namespace redrive::sim
