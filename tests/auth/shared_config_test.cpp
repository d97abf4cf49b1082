#include "auth/shared_config.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace redrive::auth {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

shared_config merged(std::string config, std::string credentials = {}) {
    auto parsed = shared_config::parse({std::move(config), "~/.aws/config"},
                                       {std::move(credentials), "~/.aws/credentials"});
    EXPECT_TRUE(parsed.has_value());
    return parsed ? *std::move(parsed) : shared_config{};
}

std::vector<std::string> names_in(const std::vector<config_group>& groups) {
    std::vector<std::string> names;
    for (const auto& group : groups)
        names.push_back(group.name());
    return names;
}

TEST(SharedConfig, IsEmptyWithoutFiles) {
    const auto config = merged("");
    EXPECT_THAT(config.profiles(), IsEmpty());
    EXPECT_EQ(config.profile("default"), nullptr);
    EXPECT_EQ(config.sso_session("x"), nullptr);
    EXPECT_EQ(config.services("x"), nullptr);
}

TEST(SharedConfig, ListsProfilesInFileOrderTheConfigFileFirst) {
    const auto config = merged("[profile b]\n[profile a]\n[profile b]\n[default]", "[c]\n[a]");
    EXPECT_THAT(names_in(config.profiles()), ElementsAre("b", "a", "default", "c"));
}

TEST(SharedConfig, MergesSectionsOfOneNameAndTheLastKeyWins) {
    const auto config = merged("[profile a]\nk = 1\nl = 1\n[profile a]\nK = 2\nm = 2");
    const auto* a = config.profile("a");
    ASSERT_NE(a, nullptr);
    EXPECT_EQ(a->get("k"), "2");
    EXPECT_EQ(a->get("l"), "1");
    EXPECT_EQ(a->get("m"), "2");
    EXPECT_EQ(a->get("missing"), "");
}

TEST(SharedConfig, LetsTheCredentialsFileWinPerKeyAndRemembersWhereAValueIs) {
    const auto config =
        merged("[profile a]\nk = config\nregion = eu-west-1", "\n[a]\nk = credentials");
    const auto* a = config.profile("a");
    ASSERT_NE(a, nullptr);
    EXPECT_EQ(a->find("k")->text, "credentials");
    EXPECT_EQ(a->find("k")->file, "~/.aws/credentials");
    EXPECT_EQ(a->find("k")->line, 3U);
    EXPECT_EQ(a->find("region")->file, "~/.aws/config");
}

TEST(SharedConfig, PrefersTheDefaultProfileWithAPrefixInEitherOrder) {
    for (const char* text : {"[profile default]\nname = value\n[default]\nname2 = value2",
                             "[default]\nname2 = value2\n[profile default]\nname = value"}) {
        const auto config = merged(text, "[default]\nname3 = value3");
        const auto* profile = config.profile("default");
        ASSERT_NE(profile, nullptr);
        EXPECT_EQ(profile->get("name"), "value") << text;
        EXPECT_EQ(profile->get("name2"), "") << text;
        EXPECT_EQ(profile->get("name3"), "value3") << text;
        EXPECT_THAT(config.warnings(), Contains(HasSubstr("[default] beside [profile default]")));
    }
}

TEST(SharedConfig, IgnoresSectionsThatAreNotProfilesAndSaysSo) {
    const auto config =
        merged("[foo]\nk = 1\n[profilefoo]\nk = 1\n[profile in valid]\nk = 1\n[profile bar]\nk = 2",
               "[profile baz]\nk = 1\n[in!valid]\nk = 1");
    EXPECT_THAT(names_in(config.profiles()), ElementsAre("bar"));
    EXPECT_EQ(config.warnings().size(), 5U);
    EXPECT_THAT(config.warnings(), Contains(HasSubstr("~/.aws/config:1: ")));
    EXPECT_THAT(config.warnings(), Contains(HasSubstr("~/.aws/credentials:3: ")));
}

TEST(SharedConfig, DropsPropertiesWithOddNamesAndSaysSo) {
    const auto config = merged("[profile a]\nin valid = 1\nvalid = 2");
    EXPECT_EQ(config.profile("a")->all().size(), 1U);
    EXPECT_THAT(config.warnings(), ElementsAre(HasSubstr("~/.aws/config:2: ")));
}

TEST(SharedConfig, KeepsSsoSessionsServicesAndOtherSectionsApart) {
    const auto config = merged("[sso-session corp]\nsso_region = eu-west-1\n"
                               "[services lab]\nsqs =\n endpoint_url = http://h\n"
                               "[plugins]\nx = 1\n[plugins a]\nx = 2\n[profile corp]\n",
                               "[sso-sessionfoo]\nk = v");
    EXPECT_THAT(names_in(config.profiles()), ElementsAre("corp", "sso-sessionfoo"));
    EXPECT_THAT(names_in(config.sso_sessions()), ElementsAre("corp"));
    EXPECT_EQ(config.sso_session("corp")->get("sso_region"), "eu-west-1");
    EXPECT_EQ(config.services("lab")->get("sqs"), "\nendpoint_url = http://h");
    EXPECT_EQ(config.services("corp"), nullptr);
    ASSERT_TRUE(config.other().contains("plugins"));
    EXPECT_EQ(config.other().at("plugins").find("a")->get("x"), "2");
}

TEST(SharedConfig, IsRefusedWholeWhenEitherFileIsBroken) {
    const auto in_config = shared_config::parse({"[a", "C"}, {"[a]\nk = v", "D"});
    ASSERT_FALSE(in_config);
    EXPECT_EQ(in_config.error().file, "C");
    const auto in_credentials = shared_config::parse({"[default]", "C"}, {"[a]\nk", "D"});
    ASSERT_FALSE(in_credentials);
    EXPECT_EQ(in_credentials.error().file, "D");
    EXPECT_EQ(in_credentials.error().line, 2U);
}

TEST(SharedConfig, FindsProfilesByGlobInFileOrder) {
    const auto config = merged("[profile prod-b]\n[profile dev]\n[profile prod-a]\n[profile prod]");
    EXPECT_THAT(config.profiles_like("prod-*"), ElementsAre("prod-b", "prod-a"));
    EXPECT_THAT(config.profiles_like("*"), ElementsAre("prod-b", "dev", "prod-a", "prod"));
    EXPECT_THAT(config.profiles_like("prod-?"), ElementsAre("prod-b", "prod-a"));
    EXPECT_THAT(config.profiles_like("dev"), ElementsAre("dev"));
    EXPECT_THAT(config.profiles_like("stage-*"), IsEmpty());
}

TEST(Glob, MatchesStarsAndQuestionMarks) {
    struct {
        const char* glob;
        const char* text;
        bool matches;
    } const cases[] = {
        {"", "", true},
        {"", "a", false},
        {"*", "", true},
        {"*", "abc", true},
        {"?", "", false},
        {"?", "a", true},
        {"a*c", "abbc", true},
        {"a*c", "abcb", false},
        {"*a*b*", "xaxbx", true},
        {"a**b", "ab", true},
        {"*ab", "aab", true},
        {"prod-*", "prod", false},
        {"a?c", "abc", true},
        {"abc", "ABC", false},
        {"[a]", "a", false},
    };
    for (const auto& [glob, text, matches] : cases)
        EXPECT_EQ(glob_matches(glob, text), matches) << glob << " on " << text;
}

TEST(Glob, WithManyStarsIsNotSlow) {
    std::string glob;
    for (int i = 0; i < 200; ++i)
        glob += "*a";
    EXPECT_FALSE(glob_matches(glob + "b", std::string(20'000, 'a')));
}

} // namespace
} // namespace redrive::auth
