#include "wire/credential_json.hpp"

#include <gtest/gtest.h>

#include <string>

namespace redrive::wire {
namespace {

struct CredentialJson : ::testing::Test {
    json_value parsed(std::string_view json) { return parse_credential_document(reader, json); }

    json_reader reader;
};

TEST_F(CredentialJson, IsAnObject) {
    EXPECT_TRUE(parsed("{}").exists());
    EXPECT_TRUE(parsed(" {\"a\": 1}\r\n").exists());
    for (const auto* text : {"", "[]", "\"a\"", "1", "null", "{", "{} {}", "{a:1}"})
        EXPECT_FALSE(parsed(text).exists()) << text;
}

TEST_F(CredentialJson, IsNotLongerThanItsBound) {
    const auto of_size = [](std::size_t size) { return "{}" + std::string(size - 2, ' '); };
    EXPECT_TRUE(parsed(of_size(longest_credential_document)).exists());
    EXPECT_FALSE(parsed(of_size(longest_credential_document + 1)).exists());
}

TEST_F(CredentialJson, FindsAMemberWhateverItsCase) {
    for (const auto* name : {"AccessKeyId", "accesskeyid", "ACCESSKEYID", "accessKeyId"})
        EXPECT_EQ(member(parsed(R"({"x":1,"AccessKeyId":"k"})"), name).text(), "k") << name;
    EXPECT_FALSE(
        member(parsed(R"({"AccessKeyI":"k","AccessKeyIdd":"k"})"), "AccessKeyId").exists());
    EXPECT_FALSE(member(json_value{}, "a").exists());
    EXPECT_FALSE(member(member(parsed(R"({"a":[1]})"), "a"), "b").exists());
}

TEST_F(CredentialJson, TakesTheLastOfSeveralMembers) {
    EXPECT_EQ(member(parsed(R"({"a":1,"A":2,"a":3})"), "a").integer(), 3);
    EXPECT_EQ(member(parsed(R"({"a":1,"A":2})"), "a").integer(), 2);
    EXPECT_EQ(member(parsed(R"({"\u0061":4})"), "a").integer(), 4);
}

TEST_F(CredentialJson, CountsNullAsAbsent) {
    EXPECT_FALSE(member(parsed(R"({"a":null})"), "a").exists());
    EXPECT_FALSE(member(parsed(R"({"a":1,"A":null})"), "a").exists());
    EXPECT_EQ(member(parsed(R"({"a":null,"A":1})"), "a").integer(), 1);
}

TEST_F(CredentialJson, ReadsOnlyTextsWithinTheirBound) {
    EXPECT_EQ(text_in(parsed(R"({"a":"b c\n"})"), "a"), "b c\n");
    EXPECT_EQ(text_in(parsed(R"({"a":"bcd"})"), "a", 3), "bcd");
    EXPECT_EQ(text_in(parsed(R"({"a":"bcde"})"), "a", 3), "");
    for (const auto* json : {R"({"a":1})", R"({"a":["b"]})", R"({"a":{"a":"b"}})", "{}"})
        EXPECT_EQ(text_in(parsed(json), "a"), "") << json;
}

TEST_F(CredentialJson, ReadsOnlyWordsThatMayStandInAHeader) {
    EXPECT_EQ(word_in(parsed(R"({"a":"b+/=."})"), "a"), "b+/=.");
    for (const auto* json : {R"({"a":"b c"})", R"({"a":"b\r\nX: y"})", R"({"a":"\u00e9"})"})
        EXPECT_EQ(word_in(parsed(json), "a"), "") << json;
    EXPECT_EQ(word_in(parsed("{\"a\":\"" + std::string(longest_token + 1, 'b') + "\"}"), "a"), "");
}

TEST_F(CredentialJson, ReadsTimes) {
    constexpr wall_time noon{std::chrono::milliseconds{1795348800000}};
    for (const auto* text : {"2026-11-22T12:00:00Z",
                             "2026-11-22T12:00:00UTC",
                             "2026-11-22T12:00:00.000000Z",
                             "2026-11-22T14:00:00+02:00"})
        EXPECT_EQ(time_in(parsed(R"({"t":")" + std::string{text} + "\"}"), "t"), noon) << text;
    for (const auto* json :
         {R"({"t":""})", R"({"t":"UTC"})", R"({"t":"2026-11-22"})", R"({"t":1795348800})", "{}"})
        EXPECT_FALSE(time_in(parsed(json), "t")) << json;
}

TEST_F(CredentialJson, ReadsLifetimesThatCanBeAddedToATime) {
    EXPECT_EQ(lifetime_in(parsed(R"({"n":1})"), "n"), 1);
    EXPECT_EQ(lifetime_in(parsed(R"({"n":31622400})"), "n"), 31622400);
    for (const auto* json : {R"({"n":0})",
                             R"({"n":-1})",
                             R"({"n":31622401})",
                             R"({"n":9223372036854775807})",
                             R"({"n":1e300})",
                             R"({"n":1.5})",
                             R"({"n":"900"})",
                             "{}"})
        EXPECT_FALSE(lifetime_in(parsed(json), "n")) << json;
}

TEST_F(CredentialJson, ReadsKeys) {
    const auto keys = keys_in(
        parsed(
            R"({"accessKeyId":"a","SECRETACCESSKEY":"s","Token":"t","accountId":"123456789012"})"),
        "token");
    EXPECT_EQ(keys.access_key_id, "a");
    EXPECT_EQ(keys.secret_access_key.reveal(), "s");
    EXPECT_EQ(keys.session_token.reveal(), "t");
    EXPECT_EQ(keys.account_id, "123456789012");
}

TEST_F(CredentialJson, ReadsNoAccountThatIsNone) {
    for (const auto* json : {R"({"AccountId":"12345678901"})",
                             R"({"AccountId":123456789012})",
                             R"({"AccountId":"../../../../x"})"})
        EXPECT_EQ(keys_in(parsed(json)).account_id, "") << json;
}

TEST_F(CredentialJson, KeepsAKeyThatIsTooLongForWhoeverJudgesIt) {
    const std::string token(longest_token + 1, 't');
    EXPECT_EQ(keys_in(parsed("{\"SessionToken\":\"" + token + "\"}")).session_token.reveal(),
              token);
}

} // namespace
} // namespace redrive::wire
