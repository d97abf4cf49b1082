#include "wire/json_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redrive::wire {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr std::string_view list_reply =
    R"({"Results":[{"TaskHandle":"eyJ0","Status":"RUNNING","ApproximateNumberOfMessagesMoved":12,)"
    R"("StartedTimestamp":1442428276921},{"Status":"COMPLETED","FailureReason":null}]})";

class JsonReader : public ::testing::Test {
  protected:
    json_reader reader;
};

TEST_F(JsonReader, FindsMembersAndElements) {
    const auto results = reader.parse(list_reply)["Results"];
    ASSERT_TRUE(results.is_array());
    std::vector<std::string> statuses;
    for (const auto task : results.elements())
        statuses.emplace_back(*task["Status"].text());
    EXPECT_THAT(statuses, ElementsAre("RUNNING", "COMPLETED"));
    const auto first = *results.elements().begin();
    EXPECT_EQ(first["TaskHandle"].text(), "eyJ0");
    EXPECT_EQ(first["ApproximateNumberOfMessagesMoved"].integer(), 12);
    EXPECT_EQ(first["StartedTimestamp"].integer(), 1442428276921);
}

TEST_F(JsonReader, WalksMembersInOrderPastNestedOnes) {
    std::vector<std::pair<std::string, bool>> seen;
    const auto object = reader.parse(R"({"a":{"x":[1,{"y":2.5}]},"b":[],"c":18446744073709551615,)"
                                     R"("d":{},"e":"text"})");
    for (const auto [name, value] : object.members())
        seen.emplace_back(name, value.is_object() || value.is_array());
    EXPECT_THAT(
        seen,
        ElementsAre(
            Pair("a", true), Pair("b", true), Pair("c", false), Pair("d", true), Pair("e", false)));
}

TEST_F(JsonReader, LetsTheLastDuplicateWin) {
    EXPECT_EQ(reader.parse(R"({"a":1,"b":5,"a":2})")["a"].integer(), 2);
    EXPECT_FALSE(reader.parse(R"({"a":1,"a":null})")["a"].exists());
    EXPECT_EQ(reader.parse(R"({"a":null,"a":3})")["a"].integer(), 3);
}

TEST_F(JsonReader, TakesNullAndMissingForAbsent) {
    const auto object = reader.parse(R"({"a":null,"b":{"c":1}})");
    EXPECT_FALSE(object["a"].exists());
    EXPECT_FALSE(object["z"].exists());
    EXPECT_FALSE(object["c"].exists()) << "a member of a nested object is not one of this object";
    EXPECT_FALSE(object["A"].exists()) << "names have a case";
    EXPECT_TRUE((*object.members().begin()).value.is_null());
}

TEST_F(JsonReader, AnswersNothingWhenAskedForAnotherKind) {
    const auto object = reader.parse(R"({"text":"1","number":1,"list":[1],"yes":true})");
    EXPECT_EQ(object["text"].integer(), std::nullopt);
    EXPECT_EQ(object["text"].number(), std::nullopt);
    EXPECT_EQ(object["number"].text(), std::nullopt);
    EXPECT_EQ(object["number"].boolean(), std::nullopt);
    EXPECT_FALSE(object["list"]["x"].exists());
    EXPECT_EQ(object.text(), std::nullopt);
    EXPECT_EQ(object["yes"].boolean(), true);
    for (const auto element : object.elements())
        ADD_FAILURE() << element.is_null();
    for (const auto member : object["list"].members())
        ADD_FAILURE() << member.name;
}

TEST_F(JsonReader, HasSoftAnswersForNoValue) {
    const json_value none;
    EXPECT_FALSE(none.exists());
    EXPECT_FALSE(none.is_null() || none.is_object() || none.is_array() || none.is_number());
    EXPECT_EQ(none.text(), std::nullopt);
    EXPECT_EQ(none.integer(), std::nullopt);
    EXPECT_EQ(none.number(), std::nullopt);
    EXPECT_EQ(none.boolean(), std::nullopt);
    EXPECT_FALSE(none["a"]["b"].exists());
    EXPECT_TRUE(none.members().begin() == none.members().end());
    EXPECT_TRUE(none.elements().begin() == none.elements().end());
}

TEST_F(JsonReader, TakesIntegralNumbersForIntegers) {
    const std::vector<std::pair<std::string, std::int64_t>> table = {
        {"0", 0},
        {"-0", 0},
        {"2.0", 2},
        {"1e3", 1000},
        {"1.5e1", 15},
        {"-7", -7},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"-9.223372036854775808e18", INT64_MIN},
        {"1e18", 1'000'000'000'000'000'000},
    };
    for (const auto& [text, value] : table)
        EXPECT_EQ(reader.parse("[" + text + "]").elements().begin().operator*().integer(), value)
            << text;
}

TEST_F(JsonReader, NeverWrapsOrRoundsAnInteger) {
    for (const auto* text : {"1.5",
                             "-0.1",
                             "9223372036854775808",
                             "18446744073709551615",
                             "9.3e18",
                             "-9.3e18",
                             "1e300"}) {
        const auto value = reader.parse(text);
        EXPECT_TRUE(value.is_number()) << text;
        EXPECT_EQ(value.integer(), std::nullopt) << text;
    }
}

TEST_F(JsonReader, TakesAnyNumberForADouble) {
    EXPECT_EQ(reader.parse("1").number(), 1.0);
    EXPECT_EQ(reader.parse("0.25").number(), 0.25);
    EXPECT_EQ(reader.parse("18446744073709551615").number(), 18446744073709551615.0);
}

TEST_F(JsonReader, UnescapesTexts) {
    EXPECT_EQ(reader.parse(R"("a\"\\\/\n\u00e9\ud83d\ude00")").text(),
              "a\"\\/\n\xc3\xa9\xf0\x9f\x98\x80");
    EXPECT_EQ(reader.parse(R"("a\u0000b")").text(), "a\0b"s);
}

TEST_F(JsonReader, RefusesWhatIsNotOneDocument) {
    for (const auto& text : {""s,
                             " "s,
                             "{"s,
                             "}"s,
                             R"({"a":1}x)"s,
                             R"({"a":1}{"b":2})"s,
                             R"({"a":1},)"s,
                             R"({"a" 1})"s,
                             R"({a:1})"s,
                             R"({"a":01})"s,
                             R"({"a":+1})"s,
                             R"({"a":NaN})"s,
                             R"({'a':1})"s,
                             "[1,]"s,
                             "\"\x01\""s,
                             "\"\xff\""s,
                             "\"\xed\xa0\x80\""s,
                             R"("\ud800")"s,
                             "<html></html>"s,
                             "{}\0"s,
                             "nul"s})
        EXPECT_FALSE(reader.parse(text).exists()) << text;
}

TEST_F(JsonReader, AcceptsWhiteSpaceAroundTheDocument) {
    EXPECT_EQ(reader.parse(" \r\n\t{ \"a\" : 1 }\n ")["a"].integer(), 1);
}

TEST_F(JsonReader, RefusesEveryPrefix) {
    for (std::size_t n = 0; n < list_reply.size(); ++n)
        EXPECT_FALSE(reader.parse(list_reply.substr(0, n)).exists()) << n;
}

TEST_F(JsonReader, BoundsTheDepthOfNesting) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_TRUE(reader.parse(nested(32)).exists());
    EXPECT_FALSE(reader.parse(nested(100)).exists());
    EXPECT_FALSE(reader.parse(nested(100'000)).exists());
    EXPECT_FALSE(reader.parse(std::string(100'000, '[')).exists());
    EXPECT_TRUE(reader.parse(nested(32)).exists()) << "a refusal leaves no mark";
}

TEST_F(JsonReader, ParsesInPlaceWhenEnoughBytesAreReadable) {
    std::string buffer{list_reply};
    buffer.resize(list_reply.size() + json_reader::padding, 'x');
    const std::string_view text{buffer.data(), list_reply.size()};
    for (const std::size_t readable :
         {buffer.size(), buffer.size() - 1, text.size(), std::size_t{0}})
        EXPECT_TRUE(reader.parse(text, readable)["Results"].is_array()) << readable;
}

TEST_F(JsonReader, KeepsTextsWhenTheInputIsGone) {
    std::string input = R"({"a":"kept"})";
    const auto value = reader.parse(input)["a"];
    input.assign(input.size(), '?');
    EXPECT_EQ(value.text(), "kept");
}

TEST_F(JsonReader, KeepsValuesWhenItIsMoved) {
    const auto value = reader.parse(R"({"a":"kept"})")["a"];
    const json_reader moved{std::move(reader)};
    EXPECT_EQ(value.text(), "kept");
}

TEST_F(JsonReader, GrowsForALargeDocumentAndReadsASmallOneAfterIt) {
    std::string large = "[";
    for (int i = 0; i < 100'000; ++i)
        large += "\"element\",";
    large += "1]";
    std::size_t count = 0;
    for (const auto element : reader.parse(large).elements())
        count += element.exists() ? 1U : 0U;
    EXPECT_EQ(count, 100'001U);
    EXPECT_EQ(reader.parse("{\"a\":7}")["a"].integer(), 7);
}

TEST_F(JsonReader, HasNoMembersInAnEmptyObject) {
    std::vector<std::string> names;
    for (const auto member : reader.parse("{}").members())
        names.emplace_back(member.name);
    EXPECT_THAT(names, IsEmpty());
    EXPECT_TRUE(reader.parse("{}").is_object());
}

} // namespace
} // namespace redrive::wire
