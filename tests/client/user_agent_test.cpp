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
    const auto text = make_user_agent("", "");
    EXPECT_THAT(text, MatchesRegex("redrive/[0-9]+\\.[0-9]+\\.[0-9]+ ua/2\\.1 api/sqs#.*"));
    EXPECT_THAT(text, HasSubstr(" lang/c++#20"));
    EXPECT_THAT(text, Not(HasSubstr("aws-sdk")));
}

TEST(UserAgent, EndsAfterItsFeaturesWhenTheUserGaveNothing) {
    EXPECT_THAT(make_user_agent("", ""), EndsWith(" lang/c++#20 m/E"));
}

TEST(UserAgent, NamesTheUsersApplicationAndEnvironment) {
    EXPECT_THAT(make_user_agent("shop", "AWS_Lambda_x"),
                EndsWith(" exec-env/AWS_Lambda_x m/E app/shop"));
}

TEST(UserAgent, ReplacesWhatTheGrammarDoesNotAllow) {
    EXPECT_THAT(make_user_agent("a b/c\r\nd(e)\xc3\xa9", ""), EndsWith(" app/a-b-c--d-e---"));
    EXPECT_THAT(make_user_agent("!$%&'*+-.^_`|~,#", ""), EndsWith(" app/!$%&'*+-.^_`|~,#"));
}

TEST(UserAgent, BoundsWhatTheUserGave) {
    const auto text = make_user_agent(std::string(5000, 'a'), std::string(5000, 'b'));
    EXPECT_LT(text.size(), 700u);
}

} // namespace
} // namespace redrive::detail
