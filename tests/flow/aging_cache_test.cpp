#include "flow/aging_cache.hpp"

#include <gtest/gtest.h>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;

constexpr aging_cache<int>::time start{1h};

TEST(AgingCache, IsFreshThenUsableThenGone) {
    aging_cache<int> cache;
    EXPECT_EQ(cache.usable("a", start), std::nullopt);
    cache.found("a", 1, start);
    EXPECT_EQ(cache.fresh("a", start + 29s), 1);
    EXPECT_EQ(cache.fresh("a", start + 30s), std::nullopt);
    EXPECT_EQ(cache.usable("a", start + 30s), 1);
    EXPECT_EQ(cache.usable("a", start + 10min - 1s), 1);
    EXPECT_EQ(cache.usable("a", start + 10min), std::nullopt);
}

TEST(AgingCache, IsYoungAgainWhenItWasLookedUpAgain) {
    aging_cache<int> cache;
    cache.found("a", 1, start);
    cache.found("a", 2, start + 1min);
    EXPECT_EQ(cache.fresh("a", start + 1min), 2);
    EXPECT_EQ(cache.usable("a", start + 10min), 2);
}

TEST(AgingCache, MakesRoomAtTheCostOfTheOldest) {
    aging_cache<int> cache{{30s, 10min, 2}};
    cache.found("b", 1, start);
    cache.found("a", 2, start + 1s);
    cache.found("b", 3, start + 2s);
    cache.found("c", 4, start + 3s);
    EXPECT_EQ(cache.fresh("a", start + 3s), std::nullopt);
    EXPECT_EQ(cache.fresh("b", start + 3s), 3);
    EXPECT_EQ(cache.fresh("c", start + 3s), 4);
}

} // namespace
} // namespace redrive::flow
