#include "fleet/known_targets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <random>
#include <set>
#include <string>

namespace redrive::detail {
namespace {

target_outcome outcome_that_is(outcome is) {
    target_outcome out;
    out.is = is;
    return out;
}

using state = known_targets::state;

// Enters a new target and decides it.
void remember(known_targets& known, std::string_view identity, const target_outcome& out) {
    EXPECT_EQ(known.enter(target_key{identity}), state::is_new) << identity;
    known.decided(target_key{identity}, out);
}

TEST(TargetKey, IsEqualForEqualIdentitiesOnly) {
    EXPECT_EQ(target_key{"a"}, target_key{"a"});
    EXPECT_NE(target_key{"a"}, target_key{"b"});
    EXPECT_FALSE(target_key{"a"}.is_nobody());
    EXPECT_TRUE(target_key{""}.is_nobody());
}

TEST(KnownTargets, RecallsWhatWasProven) {
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

    known_targets known;
    remember(known, "task", decided);
    target_outcome duplicate;
    duplicate.input.index = 9;
    ASSERT_EQ(known.enter(target_key{"task"}), state::settled);
    known.recall(target_key{"task"}, duplicate);
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

TEST(KnownTargets, TellsWhatIsUnderWay) {
    known_targets known;
    EXPECT_EQ(known.enter(target_key{"task"}), state::is_new);
    EXPECT_EQ(known.enter(target_key{"task"}), state::under_way);
    EXPECT_EQ(known.enter(target_key{"other"}), state::is_new);
}

TEST(KnownTargets, RecallsNothingWhereNothingWasKnown) {
    known_targets known;
    remember(known, "task", outcome_that_is(outcome::accepted));
    ASSERT_EQ(known.enter(target_key{"task"}), state::settled);
    target_outcome duplicate;
    duplicate.status = "RUNNING";
    duplicate.moved_at_list = 5;
    known.recall(target_key{"task"}, duplicate);
    EXPECT_EQ(duplicate.is, outcome::accepted);
    EXPECT_EQ(duplicate.status, "");
    EXPECT_EQ(duplicate.started, std::nullopt);
    EXPECT_EQ(duplicate.moved_at_list, std::nullopt);
}

TEST(KnownTargets, WorksAgainOnWhatHasAStatusThatItDoesNotKnow) {
    known_targets known;
    auto strange = outcome_that_is(outcome::accepted);
    strange.status = "PAUSED";
    remember(known, "task", strange);
    EXPECT_EQ(known.enter(target_key{"task"}), state::is_new);
}

TEST(KnownTargets, KeepsOnlyWhatIsSettled) {
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
        known_targets known;
        remember(known, "task", outcome_that_is(is));
        EXPECT_EQ(known.enter(target_key{"task"}), kept ? state::settled : state::is_new)
            << to_string(is);
    }
}

TEST(KnownTargets, KeepsNothingWithAnErrorOrWithoutAName) {
    known_targets known;
    auto failed = outcome_that_is(outcome::accepted);
    failed.ec = service_errc::access_denied;
    remember(known, "task", failed);
    remember(known, "", outcome_that_is(outcome::stopped));
    EXPECT_EQ(known.enter(target_key{"task"}), state::is_new);
    EXPECT_EQ(known.enter(target_key{""}), state::is_new);
}

TEST(KnownTargets, ForgetsTheOldest) {
    known_targets known{2};
    for (const auto* name : {"a", "b", "c"})
        remember(known, name, outcome_that_is(outcome::stopped));
    EXPECT_EQ(known.enter(target_key{"b"}), state::settled);
    EXPECT_EQ(known.enter(target_key{"c"}), state::settled);
    EXPECT_EQ(known.enter(target_key{"a"}), state::is_new);
}

// Against a plain model: many names, entered and decided in any order, through a small memory.
TEST(KnownTargets, KnowsWhatAPlainModelKnows) {
    constexpr std::size_t capacity = 5;
    std::mt19937 random{7};
    const auto below = [&](std::size_t n) {
        return std::uniform_int_distribution<std::size_t>{0, n - 1}(random);
    };
    known_targets known{capacity};
    std::set<std::string> under_way;
    std::deque<std::pair<std::string, std::int64_t>> settled;
    for (int i = 0; i < 20'000; ++i) {
        if (!under_way.empty() && below(2) == 0) {
            const auto it =
                std::next(under_way.begin(), static_cast<std::ptrdiff_t>(below(under_way.size())));
            auto out = outcome_that_is(below(3) == 0 ? outcome::denied : outcome::stopped);
            out.moved_at_stop = i;
            known.decided(target_key{*it}, out);
            if (out.is == outcome::stopped) settled.emplace_back(*it, i);
            if (settled.size() > capacity) settled.pop_front();
            under_way.erase(it);
            continue;
        }
        const auto name = "a task with a long name, number " + std::to_string(below(20));
        const auto is_it = [&](const auto& each) { return each.first == name; };
        const auto then = std::find_if(settled.begin(), settled.end(), is_it);
        const target_key key{name};
        const auto found = known.enter(key);
        if (under_way.count(name) != 0) {
            ASSERT_EQ(found, state::under_way) << i;
        } else if (then != settled.end()) {
            ASSERT_EQ(found, state::settled) << i;
            target_outcome duplicate;
            known.recall(key, duplicate);
            ASSERT_EQ(duplicate.moved_at_stop, then->second) << i;
        } else {
            ASSERT_EQ(found, state::is_new) << i;
            under_way.insert(name);
        }
    }
}

} // namespace
} // namespace redrive::detail
