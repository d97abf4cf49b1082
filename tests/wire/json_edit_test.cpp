#include "wire/json_edit.hpp"

#include <gtest/gtest.h>

#include "wire/credential_json.hpp"

namespace redrive::wire {
namespace {

TEST(JsonEdit, ReplacesAValueAndKeepsTheRestToTheByte) {
    EXPECT_EQ(with_members(" {\n  \"a\" : \"old\\\"}\" ,\t\"other\": [1.50, {\"a\": \"a\"}],\n"
                           "  \"b\":null }\n",
                           {{"a", R"("new")"}, {"b", "2"}}),
              " {\n  \"a\" : \"new\" ,\t\"other\": [1.50, {\"a\": \"a\"}],\n  \"b\":2 }\n");
}

TEST(JsonEdit, AddsWhatIsMissingAtTheEnd) {
    EXPECT_EQ(with_members("{\"x\": 1\n}", {{"a", "2"}, {"b", "[]"}}),
              "{\"x\": 1, \"a\": 2, \"b\": []\n}");
    EXPECT_EQ(with_members("{}", {{"a", "2"}, {"b", "3"}}), R"({"a": 2, "b": 3})");
    EXPECT_EQ(with_members("{ \n}\n", {{"a\"", "2"}}), "{\"a\\\"\": 2 \n}\n");
}

TEST(JsonEdit, ReplacesEveryMemberOfTheNameWhateverItsCase) {
    EXPECT_EQ(with_members(R"({"ACCESStoken":1,"accessToken":{"x":2},"access\u0054oken":"3"})",
                           {{"accessToken", "9"}}),
              R"({"ACCESStoken":9,"accessToken":9,"access\u0054oken":9})");
}

TEST(JsonEdit, FindsTheEndOfEveryKindOfValue) {
    for (const auto* value : {"1",
                              "-1.5e+3",
                              "true",
                              "null",
                              R"("")",
                              R"("\\")",
                              R"("a\\\"}],{")",
                              "[]",
                              "{}",
                              R"([{"a":["]"]},[[]]])",
                              R"({"a":{"b":"}"},"c":[1,2]})"}) {
        const auto json = R"({"a":)" + std::string{value} + R"(,"b": )" + value + "}";
        EXPECT_EQ(with_members(json, {{"a", "7"}, {"b", "8"}}), R"({"a":7,"b": 8})") << value;
        EXPECT_EQ(member_text(json, "a"), value);
        EXPECT_EQ(member_text(json, "B"), value);
    }
}

TEST(JsonEdit, ChangesNothingWithoutAChange) {
    for (const auto* json : {"{}", " { } ", R"({"a": 1 , "b":"\u00e9"})"})
        EXPECT_EQ(with_members(json, {}), json);
}

TEST(JsonEdit, LeavesAloneWhatIsNoObject) {
    for (const auto* json : {"", "[]", "null", "\"{}\"", "{", "{\"a\":}", "{} x"}) {
        EXPECT_FALSE(with_members(json, {{"a", "1"}})) << json;
        EXPECT_FALSE(member_text(json, "a")) << json;
    }
    const std::string huge = "{}" + std::string(longest_credential_document, ' ');
    EXPECT_FALSE(with_members(huge, {}));
}

TEST(JsonEdit, FindsTheTextOfTheLastMember) {
    EXPECT_EQ(member_text(R"({"a":1,"A": "x" })", "a"), R"("x")");
    EXPECT_EQ(member_text(R"({"a":1})", "b"), std::nullopt);
}

TEST(JsonEdit, WritesTexts) {
    EXPECT_EQ(json_text("a\"\n"), R"("a\"\n")");
}

} // namespace
} // namespace redrive::wire
