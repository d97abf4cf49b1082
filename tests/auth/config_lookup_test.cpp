#include "auth/config_lookup.hpp"

#include <gtest/gtest.h>

#include <string>

namespace redrive::auth {
namespace {

config_group prod_a() {
    config_group group{"prod-a"};
    group.set("region", {"eu-west-1", "~/.aws/config", 2});
    group.set("empty", {"", "~/.aws/config", 3});
    return group;
}

TEST(ConfigLookup, AsksTheEnvironmentBeforeTheProfile) {
    const auto profile = prod_a();
    const environment env{{{"AWS_REGION", "us-east-1"}}};
    const auto by_variable = config_lookup{env, &profile}.text("AWS_REGION", "region");
    ASSERT_TRUE(by_variable);
    EXPECT_EQ(by_variable->value, "us-east-1");
    EXPECT_EQ(by_variable->source, "AWS_REGION");

    const environment blank{{{"AWS_REGION", " "}}};
    const auto by_profile = config_lookup{blank, &profile}.text("AWS_REGION", "region");
    ASSERT_TRUE(by_profile);
    EXPECT_EQ(by_profile->value, "eu-west-1");
    EXPECT_EQ(by_profile->source, "profile prod-a in ~/.aws/config");
}

TEST(ConfigLookup, TakesEmptyForUnsetAndNeedsNoProfile) {
    const auto profile = prod_a();
    const environment env{environment::variables{}};
    EXPECT_FALSE(config_lookup(env, &profile).in_profile("empty"));
    EXPECT_FALSE(config_lookup(env, &profile).in_profile("missing"));
    EXPECT_FALSE(config_lookup(env, nullptr).text("AWS_REGION", "region"));
}

TEST(Boolean, IsTrueOrFalseInAnyCase) {
    EXPECT_EQ(parse_boolean("true"), true);
    EXPECT_EQ(parse_boolean(" True\n"), true);
    EXPECT_EQ(parse_boolean("FALSE"), false);
    for (const char* text : {"", "1", "yes", "truee", "t"})
        EXPECT_EQ(parse_boolean(text), std::nullopt);
}

TEST(InQuotes, CutsALongTextShort) {
    EXPECT_EQ(in_quotes("a"), "'a'");
    EXPECT_EQ(in_quotes(std::string(80, '-')), "'" + std::string(80, '-') + "'");
    EXPECT_EQ(in_quotes(std::string(81, '-')), "'" + std::string(80, '-') + "...'");
}

TEST(InQuotes, DoesNotShowWhatMayBeASecret) {
    for (const char* text :
         {"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "https://me:hunter2@queue.example"})
        EXPECT_EQ(in_quotes(text), "'(hidden: it may be a secret)'");
    EXPECT_EQ(in_quotes("https://queue.example/"), "'https://queue.example/'");
}

} // namespace
} // namespace redrive::auth
