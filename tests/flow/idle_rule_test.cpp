#include "flow/idle_rule.hpp"

#include <gtest/gtest.h>

#include <set>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;

TEST(IdleRule, KeepsWhatItIsToldUntilAServerTeachesIt) {
    const idle_rule rule{{.life = 20s, .trust = 4s, .oldest = 300s}};
    EXPECT_EQ(rule.life(), 20s);
    EXPECT_TRUE(rule.trusts(0s));
    EXPECT_TRUE(rule.trusts(3999ms));
    EXPECT_FALSE(rule.trusts(4s));
}

TEST(IdleRule, ClosesBeforeAServerThatCloses) {
    idle_rule rule{{.life = 20s, .trust = 4s, .oldest = 300s}};
    rule.closed_by_server(10s);
    EXPECT_EQ(rule.life(), 8s);
    EXPECT_TRUE(rule.trusts(3s));
    rule.closed_by_server(3s);
    EXPECT_EQ(rule.life(), 2400ms);
    EXPECT_FALSE(rule.trusts(2400ms)) << "what is closed by then is not trusted";
}

TEST(IdleRule, NeverLearnsALongerLife) {
    idle_rule rule{{.life = 5s, .trust = 4s, .oldest = 300s}};
    rule.closed_by_server(60s);
    EXPECT_EQ(rule.life(), 5s);
}

TEST(IdleRule, KeepsConnectionsForASecondWhateverItLearns) {
    idle_rule rule{{.life = 20s, .trust = 4s, .oldest = 300s}};
    rule.closed_by_server(0s);
    EXPECT_EQ(rule.life(), 1s);
}

TEST(IdleRule, LetsConnectionsThatWereOpenedTogetherGoOneByOne) {
    const idle_rule rule{{.life = 20s, .trust = 4s, .oldest = 300s}};
    std::set<idle_rule::duration> ages;
    for (std::size_t n = 0; n < 8; ++n) {
        ages.insert(rule.oldest(n));
        EXPECT_LE(rule.oldest(n), 300s);
        EXPECT_GT(rule.oldest(n), 240s);
    }
    EXPECT_EQ(ages.size(), 8u);
}

} // namespace
} // namespace redrive::flow
