#include "wire/temporary_credentials.hpp"

#include <gtest/gtest.h>

namespace redrive::wire {
namespace {

TEST(TemporaryCredentials, NameThePartThatMakesThemUseless) {
    const auto part = [](std::string_view id, std::string_view secret, std::string_view token) {
        return unusable_part({std::string{id}, secret_text{secret}, secret_text{token}, {}});
    };
    EXPECT_EQ(part("ASIA", "s", "t"), "");
    EXPECT_EQ(part("", "s", "t"), "access key id");
    EXPECT_EQ(part("ASIA", "s s", "t"), "secret access key");
    EXPECT_EQ(part("ASIA", "s", "t\n"), "session token");
    EXPECT_EQ(part("ASIA", "s", ""), "session token");
}

} // namespace
} // namespace redrive::wire
