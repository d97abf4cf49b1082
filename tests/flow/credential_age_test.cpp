#include "flow/credential_age.hpp"

#include <gtest/gtest.h>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;
using state = credential_age::state;

constexpr wire::wall_time noon{std::chrono::seconds{1767268800}};

credential_age loaded(std::optional<wire::wall_time> until, double random = 0) {
    credential_age age;
    age.loaded(until, noon, random);
    return age;
}

TEST(CredentialAge, OfThoseThatDoNotExpireIsAlwaysFresh) {
    EXPECT_EQ(credential_age{}.at(noon), state::fresh);
    EXPECT_EQ(loaded(std::nullopt).at(noon + 24h * 3650), state::fresh);
}

TEST(CredentialAge, AsksForOthersFiveMinutesAheadAndHoldsCallsUpForTheLastTenSeconds) {
    const auto age = loaded(noon + 1h);
    EXPECT_EQ(age.at(noon + 55min - 1ms), state::fresh);
    EXPECT_EQ(age.at(noon + 55min), state::aging);
    EXPECT_EQ(age.at(noon + 1h - 10s - 1ms), state::aging);
    EXPECT_EQ(age.at(noon + 1h - 10s), state::over);
    EXPECT_EQ(age.at(noon + 2h), state::over);
}

TEST(CredentialAge, SpreadsTheReplacementsOfManyProcessesOverAMinute) {
    EXPECT_EQ(loaded(noon + 1h, 0.999).at(noon + 55min + 59s), state::fresh);
    EXPECT_EQ(loaded(noon + 1h, 0.999).at(noon + 56min), state::aging);
    EXPECT_EQ(loaded(noon + 1h, 0.5).at(noon + 55min + 30s), state::aging);
}

TEST(CredentialAge, OfShortLivedOnesIsFreshForHalfTheirLife) {
    const auto age = loaded(noon + 2min + 10s);
    EXPECT_EQ(age.at(noon + 59s), state::fresh);
    EXPECT_EQ(age.at(noon + 60s), state::aging);
}

TEST(CredentialAge, OfThoseThatCameExpiredIsOver) {
    EXPECT_EQ(loaded(noon - 1s).at(noon), state::over);
}

TEST(CredentialAge, LeavesAFailedSourceAloneForHalfAMinuteOrMore) {
    auto age = loaded(noon + 1h);
    age.refresh_failed(noon + 56min, 0);
    EXPECT_EQ(age.at(noon + 56min + 29s), state::fresh);
    EXPECT_EQ(age.at(noon + 56min + 30s), state::aging);
    age.refresh_failed(noon + 57min, 0.999);
    EXPECT_EQ(age.at(noon + 57min + 59s), state::fresh);
    EXPECT_EQ(age.at(noon + 1h), state::over); // hold-off or not

    auto endless = loaded(std::nullopt);
    endless.refresh_failed(noon, 0);
    EXPECT_EQ(endless.at(noon + 1h), state::fresh);
}

} // namespace
} // namespace redrive::flow
