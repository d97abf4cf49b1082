#include "client/user_agent.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redrive::detail {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

TEST(UserAgent, BeginsWithOurOwnNameAndTheGrammarsVersion) {
    const auto text = user_agent{"", "", "E"}.text();
    EXPECT_THAT(text, MatchesRegex("redrive/[0-9]+\\.[0-9]+\\.[0-9]+ ua/2\\.1 api/sqs#.*"));
    EXPECT_THAT(text, HasSubstr(" lang/c++#20"));
    EXPECT_THAT(text, Not(HasSubstr("aws-sdk")));
}

TEST(UserAgent, EndsAfterItsFeaturesWhenTheUserGaveNothing) {
    EXPECT_THAT((user_agent{"", "", "E"}.text()), EndsWith(" lang/c++#20 m/E"));
}

TEST(UserAgent, NamesTheUsersApplicationAndEnvironment) {
    EXPECT_THAT((user_agent{"shop", "AWS_Lambda_x", "E"}.text()),
                EndsWith(" exec-env/AWS_Lambda_x m/E app/shop"));
}

TEST(UserAgent, ReplacesWhatTheGrammarDoesNotAllow) {
    EXPECT_THAT((user_agent{"a b/c\r\nd(e)\xc3\xa9", "", "E"}.text()),
                EndsWith(" app/a-b-c--d-e---"));
    EXPECT_THAT((user_agent{"!$%&'*+-.^_`|~,#", "", "E"}.text()),
                EndsWith(" app/!$%&'*+-.^_`|~,#"));
}

TEST(UserAgent, BoundsWhatTheUserGave) {
    const auto text = user_agent{std::string(5000, 'a'), std::string(5000, 'b'), "E"}.text();
    EXPECT_LT(text.size(), 700u);
}

TEST(UserAgent, AddsWhatBecameKnownLater) {
    EXPECT_THAT((user_agent{"", "", "E,N"}.text("o,i")), EndsWith(" m/E,N,o,i"));
    EXPECT_THAT((user_agent{"", "", ""}.text("g")), EndsWith(" m/g"));
    EXPECT_THAT((user_agent{"", "", ""}.text()), Not(HasSubstr(" m/")));
}

TEST(UserAgent, EndsItsFeaturesAtACommaBeforeTheyGetTooLong) {
    std::string many = "AA";
    while (many.size() < 2000)
        many += ",AA";
    const auto text = user_agent{"", "", many}.text();
    const auto features = text.substr(text.find(" m/") + 3);
    EXPECT_LE(features.size(), 1024u);
    EXPECT_GT(features.size(), 1000u);
    EXPECT_THAT(features, EndsWith(",AA"));
}

} // namespace
} // namespace redrive::detail
