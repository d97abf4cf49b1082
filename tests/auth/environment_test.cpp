#include "auth/environment.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace redrive::auth {
namespace {

TEST(Environment, TakesEmptyAndBlankForUnset) {
    const environment env{{{"SET", " value "}, {"EMPTY", ""}, {"BLANK", " \t\n"}}};
    EXPECT_EQ(env.get("SET"), " value ");
    EXPECT_EQ(env.get("EMPTY"), std::nullopt);
    EXPECT_EQ(env.get("BLANK"), std::nullopt);
    EXPECT_EQ(env.get("MISSING"), std::nullopt);
}

TEST(Environment, GivenAsAMapNeverAsksTheProcess) {
    ASSERT_NE(std::getenv("PATH"), nullptr);
    EXPECT_EQ(environment{environment::variables{}}.get("PATH"), std::nullopt);
}

TEST(Environment, OfTheProcessIsAskedAtEachLookUp) {
    const auto env = environment::of_process();
    ::setenv("REDRIVE_TEST_VARIABLE", "first", 1);
    EXPECT_EQ(env.get("REDRIVE_TEST_VARIABLE"), "first");
    ::setenv("REDRIVE_TEST_VARIABLE", "second", 1);
    EXPECT_EQ(env.get("REDRIVE_TEST_VARIABLE"), "second");
    ::unsetenv("REDRIVE_TEST_VARIABLE");
    EXPECT_EQ(env.get("REDRIVE_TEST_VARIABLE"), std::nullopt);
}

} // namespace
} // namespace redrive::auth
