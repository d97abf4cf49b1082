#include "auth/config_file.hpp"

#include <gmock/gmock.h>

#include <string>

namespace redrive::auth {
namespace {

using ::testing::HasSubstr;

std::vector<config_section> parsed(std::string_view text) {
    auto sections = parse_config_file(text, "~/.aws/config");
    EXPECT_TRUE(sections.has_value()) << text;
    return sections ? *std::move(sections) : std::vector<config_section>{};
}

// The value of the only property of the only section.
std::string value_of(std::string_view text) {
    const auto sections = parsed(text);
    if (sections.size() != 1 || sections[0].properties.size() != 1) return "not one property";
    return sections[0].properties[0].value;
}

TEST(ConfigFile, KeepsSectionsAndPropertiesInOrderWithTheirLines) {
    const auto sections = parsed("# a comment\n"
                                 "[default]\n"
                                 "region = eu-west-1\n"
                                 "\n"
                                 "[profile prod-a]\n"
                                 "Region=us-east-1\n"
                                 "output = json\n");
    ASSERT_EQ(sections.size(), 2U);
    EXPECT_EQ(sections[0].prefix, "");
    EXPECT_EQ(sections[0].name, "default");
    EXPECT_EQ(sections[0].line, 2U);
    EXPECT_EQ(sections[1].prefix, "profile");
    EXPECT_EQ(sections[1].name, "prod-a");
    ASSERT_EQ(sections[1].properties.size(), 2U);
    EXPECT_EQ(sections[1].properties[0].key, "region");
    EXPECT_EQ(sections[1].properties[0].value, "us-east-1");
    EXPECT_EQ(sections[1].properties[0].line, 6U);
    EXPECT_EQ(sections[1].properties[1].key, "output");
}

TEST(ConfigFile, ReadsSectionNamesWithBlanksAndComments) {
    struct {
        const char* text;
        const char* prefix;
        const char* name;
    } const cases[] = {
        {"[profile foo]", "profile", "foo"},
        {"[profile\tfoo]", "profile", "foo"},
        {"[  profile \t foo\t ]", "profile", "foo"},
        {"[profile foo] # comment", "profile", "foo"},
        {"[profile foo]; comment", "profile", "foo"},
        {"[profile foo]\r", "profile", "foo"},
        {"[profile in valid]", "profile", "in valid"},
        {"[profilefoo]", "", "profilefoo"},
        {"[sso-session corp]", "sso-session", "corp"},
        {"[]", "", ""},
    };
    for (const auto& expected : cases) {
        const auto sections = parsed(expected.text);
        ASSERT_EQ(sections.size(), 1U) << expected.text;
        EXPECT_EQ(sections[0].prefix, expected.prefix) << expected.text;
        EXPECT_EQ(sections[0].name, expected.name) << expected.text;
    }
}

TEST(ConfigFile, ReadsValuesUpToACommentThatABlankPrecedes) {
    EXPECT_EQ(value_of("[a]\nk = v # comment"), "v");
    EXPECT_EQ(value_of("[a]\nk = v ; comment ; more"), "v");
    EXPECT_EQ(value_of("[a]\nk = v; kept"), "v; kept");
    EXPECT_EQ(value_of("[a]\nk = v#kept"), "v#kept");
    EXPECT_EQ(value_of("[a]\nk = # comment"), "");
    EXPECT_EQ(value_of("[a]\nk =;kept"), ";kept");
    EXPECT_EQ(value_of("[a]\nk \t=  \tv \t"), "v");
    EXPECT_EQ(value_of("[a]\nk = a=b=c"), "a=b=c");
    EXPECT_EQ(value_of("[a]\r\nk = v\r\n"), "v");
    EXPECT_EQ(value_of("[a]\nk = \xf0\x9f\x98\x82"), "\xf0\x9f\x98\x82");
}

TEST(ConfigFile, ContinuesAValueOnIndentedLinesAndKeepsTheirComments) {
    EXPECT_EQ(value_of("[a]\nk = v\n -more"), "v\n-more");
    EXPECT_EQ(value_of("[a]\nk = v\n\t-more \t\n\n \t\n -and"), "v\n-more\n-and");
    EXPECT_EQ(value_of("[a]\nk = v\n -more # kept"), "v\n-more # kept");
    EXPECT_EQ(value_of("[a]\nk = v\n # kept"), "v\n# kept");
    EXPECT_EQ(value_of("[a]\nk = v\n# comment\n -more"), "v\n-more");
}

TEST(ConfigFile, ReadsABlockUnderAnEmptyValue) {
    EXPECT_EQ(value_of("[a]\nsqs =\n endpoint_url = http://h\n\n x ="),
              "\nendpoint_url = http://h\nx =");
    EXPECT_EQ(value_of("[a]\ns3 =\n in valid = value"), "\nin valid = value");
}

TEST(ConfigFile, FindsAnEntryOfABlock) {
    constexpr std::string_view block = "\nendpoint_url = http://h:1\nother = a = b\nempty =\nodd";
    EXPECT_EQ(sub_property(block, "endpoint_url"), "http://h:1");
    EXPECT_EQ(sub_property(block, "other"), "a = b");
    EXPECT_EQ(sub_property(block, "empty"), "");
    EXPECT_EQ(sub_property(block, "odd"), "");
    EXPECT_EQ(sub_property(block, "missing"), "");
    EXPECT_EQ(sub_property("", "endpoint_url"), "");
}

TEST(ConfigFile, RefusesWhatIsNotOfTheGrammarAndNamesTheLine) {
    struct {
        const char* text;
        std::size_t line;
        const char* message;
    } const cases[] = {
        {"[profile foo", 1, "Profile definition must end with ']'"},
        {"[profile foo # ]", 1, "Profile definition must end with ']'"},
        {"[", 1, "Profile definition must end with ']'"},
        {"[a] b", 1, "Profile definition must end with ']'"},
        {"\n\nname = value", 3, "Expected a profile definition"},
        {" -continued", 1, "Expected a profile definition"},
        {"[a]\nkey : value", 2, "Expected an '=' sign defining a property"},
        {"[a]\nkey #= value", 2, "Expected an '=' sign defining a property"},
        {"[a]\n= value", 2, "Property did not have a name"},
        {"[a]\n -continued", 2, "Expected a property definition, found continuation"},
        {"[a]\nk = v\n[a]\n -continued", 4, "Expected a property definition, found continuation"},
        {"[a]\ns3 =\n invalid", 3, "Expected an '=' sign defining a sub-property"},
        {"[a]\ns3 =\n = value", 3, "Sub-property did not have a name"},
        {"[a]\ns3 =\n a = b\n invalid", 4, "Expected an '=' sign defining a sub-property"},
    };
    for (const auto& expected : cases) {
        const auto sections = parse_config_file(expected.text, "~/.aws/config");
        ASSERT_FALSE(sections) << expected.text;
        const auto& error = sections.error();
        EXPECT_EQ(error.file, "~/.aws/config") << expected.text;
        EXPECT_EQ(error.line, expected.line) << expected.text;
        EXPECT_THAT(error.message, HasSubstr(expected.message)) << expected.text;
        EXPECT_THAT(error.message,
                    HasSubstr("~/.aws/config:" + std::to_string(expected.line) + ": "));
    }
}

TEST(ConfigFile, NeverShowsTheTextOfABrokenLine) {
    const auto sections = parse_config_file("[a]\naws_secret_access_key wJalrXUt", "f");
    ASSERT_FALSE(sections);
    EXPECT_THAT(sections.error().message, ::testing::Not(HasSubstr("wJalrXUt")));
}

TEST(ConfigFile, SurvivesEachPrefixOfAGoodFile) {
    const std::string text = "# c\r\n[default]\nregion = eu-west-1 ; c\n"
                             "[services lab]\nsqs =\n  endpoint_url = http://h:1\n"
                             "[profile a]\nk = v\n -more # kept\n";
    for (std::size_t n = 0; n <= text.size(); ++n) {
        const auto sections = parse_config_file(text.substr(0, n), "f");
        EXPECT_TRUE(sections || sections.error().line > 0) << n;
    }
    EXPECT_EQ(parsed(text).size(), 3U);
}

TEST(ConfigName, IsOfAFewCharactersOnly) {
    EXPECT_TRUE(is_config_name("some-thing:long/the_one%only.foo@bar+"));
    EXPECT_FALSE(is_config_name(""));
    EXPECT_FALSE(is_config_name("foo!bar"));
    EXPECT_FALSE(is_config_name("in valid"));
    EXPECT_FALSE(is_config_name("\xc3\xa9"));
}

} // namespace
} // namespace redrive::auth
