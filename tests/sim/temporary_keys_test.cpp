#include "sim/temporary_keys.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redrive::sim {
namespace {

using namespace std::chrono_literals;

constexpr wall_time ends{1'700'000'000s};

const role_session session{"100000000002", "stopper", "night+shift=1", ends};

TEST(TemporaryKeys, SayWhoseTheyAre) {
    const temporary_keys keys{1};
    const auto issued = keys.issue(session, "a-nonce");
    EXPECT_THAT(issued.access_key_id, ::testing::MatchesRegex("ASIASIM0100000000002[0-9A-F]{12}"));
    EXPECT_EQ(issued.secret_access_key.reveal().size(), 40U);
    EXPECT_EQ(issued.account_id, "100000000002");
    const auto opened = keys.open(issued.access_key_id, issued.session_token.reveal());
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->session.account, "100000000002");
    EXPECT_EQ(opened->session.role, "stopper");
    EXPECT_EQ(opened->session.name, "night+shift=1");
    EXPECT_EQ(opened->session.ends, ends);
    EXPECT_EQ(opened->secret_access_key, issued.secret_access_key);
}

TEST(TemporaryKeys, DifferFromSessionToSession) {
    const temporary_keys keys{1};
    const auto one = keys.issue(session, "1"), two = keys.issue(session, "2");
    EXPECT_NE(one.access_key_id, two.access_key_id);
    EXPECT_NE(one.secret_access_key, two.secret_access_key);
    EXPECT_NE(one.session_token, two.session_token);
    EXPECT_FALSE(keys.open(one.access_key_id, two.session_token.reveal()));
}

TEST(TemporaryKeys, DoNotOpenWithAnyByteOfTheTokenChanged) {
    const temporary_keys keys{1};
    const auto issued = keys.issue(session, "n");
    const std::string token{issued.session_token.reveal()};
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(keys.open(issued.access_key_id, changed)) << i;
        EXPECT_FALSE(keys.open(issued.access_key_id, token.substr(0, i))) << i;
    }
    EXPECT_FALSE(keys.open(issued.access_key_id, token + std::string(2000, 'A')));
    EXPECT_FALSE(keys.open("ASIASIM0100000000002000000000000", token));
    EXPECT_FALSE(temporary_keys{2}.open(issued.access_key_id, token));
}

TEST(TemporaryKeys, HaveTheirAccountInTheirId) {
    EXPECT_EQ(temporary_keys::account_in("ASIASIM01000000000020123456789AB"), "100000000002");
    for (const auto* other : {"",
                              "ASIASIM0100000000002",
                              "AKIASIM01000000000020123456789AB",
                              "ASIASIM01000000000020123456789ABC",
                              "ASIASIM010000000000x0123456789AB"})
        EXPECT_EQ(temporary_keys::account_in(other), "") << other;
}

} // namespace
} // namespace redrive::sim
