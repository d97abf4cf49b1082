#include "fleet/recent_targets.hpp"

#include <gtest/gtest.h>

#include <string>

namespace redrive::detail {
namespace {

target_outcome outcome_that_is(outcome is) {
    target_outcome out;
    out.is = is;
    return out;
}

TEST(RecentTargets, RecallsWhatWasProven) {
    target_outcome decided;
    decided.input.index = 7;
    decided.is = outcome::stopped;
    decided.rests_on = evidence::terminal;
    decided.status = "CANCELLED";
    decided.started = target_outcome::wall_time{std::chrono::milliseconds{1}};
    decided.confirmed_at = target_outcome::wall_time{std::chrono::milliseconds{2}};
    decided.moved_at_list = 3;
    decided.moved_at_cancel = 4;
    decided.moved_at_stop = 5;
    decided.replaced = true;
    decided.attempts = 2;

    recent_targets recent;
    recent.remember("task", decided);
    target_outcome duplicate;
    duplicate.input.index = 9;
    ASSERT_TRUE(recent.recall("task", duplicate));
    EXPECT_EQ(duplicate.input.index, 9u); // its own
    EXPECT_EQ(duplicate.attempts, 0u);    // nothing was sent for it
    EXPECT_EQ(duplicate.is, outcome::stopped);
    EXPECT_EQ(duplicate.rests_on, evidence::terminal);
    EXPECT_EQ(duplicate.status, "CANCELLED");
    EXPECT_EQ(duplicate.started, decided.started);
    EXPECT_EQ(duplicate.confirmed_at, decided.confirmed_at);
    EXPECT_EQ(duplicate.moved_at_list, 3);
    EXPECT_EQ(duplicate.moved_at_cancel, 4);
    EXPECT_EQ(duplicate.moved_at_stop, 5);
    EXPECT_TRUE(duplicate.replaced);
}

TEST(RecentTargets, KeepsOnlyWhatIsSettled) {
    const std::pair<outcome, bool> cases[] = {
        {outcome::stopped, true},
        {outcome::already_finished, true},
        {outcome::not_running, true},
        {outcome::accepted, true},
        {outcome::not_found, false},
        {outcome::invalid, false},
        {outcome::skipped, false},
        {outcome::unknown, false},
        {outcome::denied, false},
        {outcome::throttled, false},
        {outcome::unreachable, false},
    };
    for (const auto& [is, kept] : cases) {
        recent_targets recent;
        recent.remember("task", outcome_that_is(is));
        target_outcome duplicate;
        EXPECT_EQ(recent.recall("task", duplicate), kept) << to_string(is);
    }
}

TEST(RecentTargets, KeepsNothingWithAnErrorOrWithoutAName) {
    recent_targets recent;
    auto failed = outcome_that_is(outcome::accepted);
    failed.ec = service_errc::access_denied;
    recent.remember("task", failed);
    recent.remember("", outcome_that_is(outcome::stopped));
    target_outcome duplicate;
    EXPECT_FALSE(recent.recall("task", duplicate));
    EXPECT_FALSE(recent.recall("", duplicate));
}

TEST(RecentTargets, ForgetsTheOldest) {
    recent_targets recent{2};
    for (const auto* name : {"a", "b", "c"})
        recent.remember(name, outcome_that_is(outcome::stopped));
    target_outcome duplicate;
    EXPECT_FALSE(recent.recall("a", duplicate));
    EXPECT_TRUE(recent.recall("b", duplicate));
    EXPECT_TRUE(recent.recall("c", duplicate));
}

TEST(RecentTargets, CountsWhatIsDecidedTwiceOnce) {
    recent_targets recent{2};
    recent.remember("a", outcome_that_is(outcome::accepted));
    recent.remember("a", outcome_that_is(outcome::stopped));
    recent.remember("b", outcome_that_is(outcome::stopped));
    target_outcome duplicate;
    ASSERT_TRUE(recent.recall("a", duplicate));
    EXPECT_EQ(duplicate.is, outcome::stopped);
}

} // namespace
} // namespace redrive::detail
