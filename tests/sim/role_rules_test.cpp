#include "sim/role_rules.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace redrive::sim {
namespace {

TEST(RoleRules, AdmitAnybodyToAnyRoleWithoutARule) {
    const role_rules rules;
    EXPECT_TRUE(rules.knows("anything"));
    EXPECT_TRUE(rules.admits("anything", ""));
}

TEST(RoleRules, KnowOnlyTheRolesThatWereGiven) {
    role_rules rules;
    rules.add("open");
    rules.add("closed=s3cret=id");
    EXPECT_FALSE(rules.knows("other"));
    EXPECT_FALSE(rules.admits("other", ""));
    EXPECT_TRUE(rules.admits("open", ""));
    EXPECT_TRUE(rules.admits("open", "whatever"));
    EXPECT_TRUE(rules.knows("closed"));
    EXPECT_TRUE(rules.admits("closed", "s3cret=id"));
    EXPECT_FALSE(rules.admits("closed", ""));
    EXPECT_FALSE(rules.admits("closed", "s3cret"));
}

TEST(RoleRules, RefuseWhatIsNoRole) {
    role_rules rules;
    for (const auto* text : {"", "=id", "a/b", "name=", "two words"})
        EXPECT_THROW(rules.add(text), std::invalid_argument) << text;
    EXPECT_THROW(rules.add(std::string(65, 'a')), std::invalid_argument);
    EXPECT_TRUE(rules.knows("still any"));
}

} // namespace
} // namespace redrive::sim
