#include "fleet/stop_ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace redrive::detail {
namespace {

using admission = stop_ledger::admission;

target_outcome blank(std::uint64_t number) {
    target_outcome out;
    out.input.index = number;
    return out;
}

target_outcome stopped(std::uint64_t number) {
    auto out = blank(number);
    out.is = outcome::stopped;
    out.attempts = 1;
    out.moved_at_cancel = 10;
    return out;
}

std::vector<stop_ledger::decided> leaving(stop_ledger& books) {
    std::vector<stop_ledger::decided> out;
    books.release(out);
    return out;
}

std::vector<std::uint64_t> released(stop_ledger& books) {
    std::vector<std::uint64_t> out;
    for (const auto& each : leaving(books))
        out.push_back(each.outcome.input.index);
    return out;
}

using numbers = std::vector<std::uint64_t>;

TEST(StopLedger, GivesEachTargetItsOutcomeAsItComes) {
    stop_ledger books{false};
    const target_key a{"a"};
    EXPECT_EQ(books.take(0, a, blank(0)), admission::work);
    const target_key b{"b"};
    EXPECT_EQ(books.take(1, b, blank(1)), admission::work);
    EXPECT_EQ(released(books), numbers{});
    EXPECT_FALSE(books.all_decided());
    EXPECT_EQ(books.held(), 2u);
    books.decide(1, b, stopped(1));
    EXPECT_EQ(released(books), numbers{1});
    books.decide(0, a, stopped(0));
    EXPECT_EQ(released(books), numbers{0});
    EXPECT_TRUE(books.all_decided());
    EXPECT_EQ(books.held(), 0u);
}

TEST(StopLedger, KeepsTheOrderOfTheInputWhenAsked) {
    stop_ledger books{true};
    const target_key a{"a"};
    EXPECT_EQ(books.take(0, a, blank(0)), admission::work);
    const target_key b{"b"};
    EXPECT_EQ(books.take(1, b, blank(1)), admission::work);
    books.decide_at_once(2, blank(2));
    books.decide(1, b, stopped(1));
    EXPECT_EQ(released(books), numbers{});
    EXPECT_EQ(books.held(), 3u); // decided, but behind one that is not
    books.decide(0, a, stopped(0));
    EXPECT_EQ(released(books), (numbers{0, 1, 2}));
}

TEST(StopLedger, LetsDuplicatesShareOneOrder) {
    stop_ledger books{false};
    const target_key a{"a"};
    EXPECT_EQ(books.take(0, a, blank(0)), admission::work);
    EXPECT_EQ(books.take(1, target_key{"a"}, blank(1)), admission::follower);
    EXPECT_EQ(books.take(2, target_key{"a"}, blank(2)), admission::follower);
    books.decide(0, a, stopped(0));
    const auto out = leaving(books);
    ASSERT_EQ(out.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(out[i].outcome.input.index, i);
        EXPECT_EQ(out[i].outcome.is, outcome::stopped);
        EXPECT_EQ(out[i].is_duplicate, i > 0);
        EXPECT_EQ(out[i].outcome.attempts, i == 0 ? 1u : 0u);
    }
    EXPECT_TRUE(books.all_decided());
}

TEST(StopLedger, KnowsWhatWasStoppedBefore) {
    stop_ledger books{false};
    const target_key a{"a"};
    EXPECT_EQ(books.take(0, a, blank(0)), admission::work);
    books.decide(0, a, stopped(0));
    static_cast<void>(leaving(books));
    EXPECT_EQ(books.take(1, target_key{"a"}, blank(1)), admission::known);
    const auto out = leaving(books);
    ASSERT_EQ(out.size(), 1u);
    EXPECT_EQ(out[0].outcome.input.index, 1u);
    EXPECT_EQ(out[0].outcome.is, outcome::stopped);
    EXPECT_TRUE(out[0].is_duplicate);
}

TEST(StopLedger, WorksAgainOnWhatWasNotSettled) {
    stop_ledger books{false};
    const target_key a{"a"};
    EXPECT_EQ(books.take(0, a, blank(0)), admission::work);
    books.decide(0, a, blank(0)); // unknown
    EXPECT_EQ(books.take(1, target_key{"a"}, blank(1)), admission::work);
}

TEST(StopLedger, TakesTargetsWithoutANameEachForItself) {
    stop_ledger books{false};
    const target_key nobody{""};
    EXPECT_EQ(books.take(0, nobody, blank(0)), admission::work);
    EXPECT_EQ(books.take(1, nobody, blank(1)), admission::work);
    books.decide(0, nobody, stopped(0));
    books.decide(1, nobody, stopped(1));
    EXPECT_EQ(released(books), (numbers{0, 1}));
    EXPECT_TRUE(books.all_decided());
}

// Any mix of distinct, equal and refused targets, decided in any order: one outcome for each.
TEST(StopLedger, GivesExactlyOneOutcomeForEachTarget) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 random{seed};
        const auto below = [&](unsigned n) {
            return std::uniform_int_distribution{0u, n - 1}(random);
        };
        const bool in_order = below(2) == 0;
        stop_ledger books{in_order};
        std::vector<std::pair<std::uint64_t, target_key>> working;
        numbers out;
        const auto collect = [&] {
            const auto some = released(books);
            out.insert(out.end(), some.begin(), some.end());
        };
        const std::uint64_t total = 1 + below(60);
        for (std::uint64_t i = 0; i < total; ++i) {
            const target_key which{std::string(1, static_cast<char>('a' + below(8)))};
            if (below(5) == 0) {
                books.decide_at_once(i, blank(i));
            } else if (books.take(i, which, blank(i)) == admission::work) {
                working.emplace_back(i, which);
            }
            while (!working.empty() && below(3) == 0) {
                std::swap(working[below(static_cast<unsigned>(working.size()))], working.back());
                books.decide(
                    working.back().first, working.back().second, stopped(working.back().first));
                working.pop_back();
            }
            collect();
        }
        for (const auto& [number, which] : working)
            books.decide(number, which, blank(number));
        collect();
        EXPECT_TRUE(books.all_decided()) << "seed " << seed;
        EXPECT_EQ(books.held(), 0u) << "seed " << seed;
        if (!in_order) std::sort(out.begin(), out.end());
        ASSERT_EQ(out.size(), total) << "seed " << seed;
        for (std::uint64_t i = 0; i < total; ++i)
            EXPECT_EQ(out[i], i) << "seed " << seed;
    }
}

} // namespace
} // namespace redrive::detail
