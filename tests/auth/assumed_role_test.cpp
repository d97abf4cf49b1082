#include "auth/assumed_role.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redrive::auth {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view account = "123456789012";

std::string arn_of(std::string_view role, std::string_view partition = "aws") {
    const auto arn = role_arn_in(account, role, partition);
    return arn ? *arn : "error: " + arn.error().message;
}

TEST(RoleArn, IsMadeOfANameAndTheAccount) {
    EXPECT_EQ(arn_of("Ops"), "arn:aws:iam::123456789012:role/Ops");
    EXPECT_EQ(arn_of("team/Ops"), "arn:aws:iam::123456789012:role/team/Ops");
    EXPECT_EQ(arn_of("Ops", "aws-cn"), "arn:aws-cn:iam::123456789012:role/Ops");
}

TEST(RoleArn, HasTheAccountInItsTemplate) {
    EXPECT_EQ(arn_of("arn:aws:iam::{account}:role/Ops"), "arn:aws:iam::123456789012:role/Ops");
    EXPECT_EQ(arn_of("arn:aws:iam::{account}:role/of-{account}"),
              "arn:aws:iam::123456789012:role/of-123456789012");
    EXPECT_EQ(arn_of("arn:aws:iam::999999999999:role/Ops"), "arn:aws:iam::999999999999:role/Ops");
}

TEST(RoleArn, CannotBeMadeOfJustAnything) {
    for (const auto* text : {"",
                             "a b",
                             "/Ops",
                             "Ops/",
                             "{account}",
                             "arn:",
                             "arn:aws:iam::{account}:user/Ops",
                             "arn:aws:iam:eu-west-1:{account}:role/Ops",
                             "arn:aws:sts::{account}:role/Ops",
                             "arn:aws:iam::{Account}:role/Ops",
                             "arn:aws:iam::{account}:role/",
                             "arn:aws:iam::{account}:role/a\nb"})
        EXPECT_THAT(arn_of(text), HasSubstr("error: ")) << text;
    EXPECT_THAT(arn_of(std::string(2000, 'a')), HasSubstr("error: "));
}

} // namespace
} // namespace redrive::auth
