#include "wire/json_writer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "wire/json_reader.hpp"

namespace redrive::wire {
namespace {

using namespace std::string_view_literals;

std::string text_of(std::string_view text) {
    std::string out;
    json_writer{out}.text(text);
    return out;
}

std::string number(double value) {
    std::string out;
    json_writer{out}.number(value);
    return out;
}

TEST(JsonWriter, PlacesCommasBetweenMembersAndElements) {
    std::string out;
    json_writer json{out};
    json.begin_object();
    json.key("a");
    json.integer(1);
    json.key("b");
    json.begin_array();
    json.boolean(true);
    json.null();
    json.begin_object();
    json.end_object();
    json.begin_array();
    json.end_array();
    json.end_array();
    json.key("c");
    json.raw("{\"x\":[1,2]}");
    json.key("d");
    json.text("e");
    json.end_object();
    EXPECT_EQ(out, R"({"a":1,"b":[true,null,{},[]],"c":{"x":[1,2]},"d":"e"})");
}

TEST(JsonWriter, WritesMembersThatAreTexts) {
    std::string out;
    json_writer writer{out};
    writer.begin_object();
    writer.text_member("a", "1\n");
    writer.text_member("b\"", "");
    writer.end_object();
    EXPECT_EQ(out, R"({"a":"1\n","b\"":""})");
}

TEST(JsonWriter, AppendsToWhatIsThere) {
    std::string out = "body=";
    json_writer json{out};
    json.begin_object();
    json.end_object();
    EXPECT_EQ(out, "body={}");
}

TEST(JsonWriter, PlacesCommasBetweenMembersThatAreJsonAlready) {
    std::string out;
    json_writer json{out};
    json.begin_object();
    json.member(",\"a\":");
    json.null();
    json.member(",\"b\":");
    json.begin_object();
    json.member(",\"c\":");
    json.integer(1);
    json.end_object();
    json.whole_member(",\"d\":null");
    json.member(",\"h\":");
    json.begin_object();
    json.whole_member(",\"e\":true");
    json.member(",\"f\":");
    json.text("g");
    json.end_object();
    json.end_object();
    EXPECT_EQ(out, R"({"a":null,"b":{"c":1},"d":null,"h":{"e":true,"f":"g"}})");
}

TEST(JsonWriter, SaysWhetherATextStandsThereAsItIs) {
    for (std::size_t length = 0; length < 20; ++length) {
        const std::string plain(length, 'x');
        std::string out;
        EXPECT_TRUE(json_writer{out}.text(plain)) << length;
        for (std::size_t place = 0; place < length; ++place)
            for (int byte = 0; byte < 256; ++byte) {
                auto text = plain;
                text[place] = static_cast<char>(byte);
                out.clear();
                const bool as_it_is = byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
                ASSERT_EQ(json_writer{out}.text(text), as_it_is) << byte << ' ' << place;
                if (as_it_is) {
                    ASSERT_EQ(out, '"' + text + '"');
                }
            }
    }
}

TEST(JsonWriter, EscapesWhatJsonDemands) {
    EXPECT_EQ(text_of("a\"b\\c/d"), R"("a\"b\\c/d")");
    EXPECT_EQ(text_of("\b\f\n\r\t"), R"("\b\f\n\r\t")");
    EXPECT_EQ(text_of("\0\x01\x1f\x7f"sv), "\"\\u0000\\u0001\\u001f\x7f\"");
    EXPECT_EQ(text_of(""), "\"\"");
}

TEST(JsonWriter, KeepsWellFormedUtf8) {
    const auto text = "\xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xef\xbf\xbf "
                      "\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf"sv;
    EXPECT_EQ(text_of(text), "\"" + std::string{text} + "\"");
}

TEST(JsonWriter, ReplacesEachIllFormedPartOfUtf8) {
    const std::string bad = "\xef\xbf\xbd";
    EXPECT_EQ(text_of("a\x80z"), "\"a" + bad + "z\"");
    EXPECT_EQ(text_of("\xc0\xaf"), "\"" + bad + bad + "\"");                     // overlong
    EXPECT_EQ(text_of("\xe0\x80\xaf"), "\"" + bad + bad + bad + "\"");           // overlong
    EXPECT_EQ(text_of("\xed\xa0\x80"), "\"" + bad + bad + bad + "\"");           // a surrogate
    EXPECT_EQ(text_of("\xf4\x90\x80\x80"), "\"" + bad + bad + bad + bad + "\""); // too great
    EXPECT_EQ(text_of("\xff"), "\"" + bad + "\"");
    EXPECT_EQ(text_of("\xf0\x9f\x98"), "\"" + bad + "\""); // cut off at the end
    EXPECT_EQ(text_of("\xe2\x82z"), "\"" + bad + "z\"");   // cut off by another character
    EXPECT_EQ(text_of("\xe2\xc3\xa9"), "\"" + bad + "\xc3\xa9\"");
}

TEST(JsonWriter, WritesIntegersOfTheWholeRange) {
    std::string out;
    json_writer json{out};
    json.begin_array();
    json.integer(std::numeric_limits<std::int64_t>::min());
    json.integer(std::numeric_limits<std::int64_t>::max());
    json.end_array();
    EXPECT_EQ(out, "[-9223372036854775808,9223372036854775807]");
}

TEST(JsonWriter, WritesTheShortestNumberThatReadsBackEqual) {
    EXPECT_EQ(number(0.1), "0.1");
    EXPECT_EQ(number(2), "2");
    EXPECT_EQ(number(1e300), "1e+300");
    EXPECT_EQ(number(-0.5), "-0.5");
}

TEST(JsonWriter, WritesNullForWhatIsNotANumber) {
    EXPECT_EQ(number(std::nan("")), "null");
    EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "null");
    std::string out;
    json_writer json{out};
    json.begin_array();
    json.number(-std::numeric_limits<double>::infinity());
    json.number(1);
    json.end_array();
    EXPECT_EQ(out, "[null,1]");
}

TEST(JsonWriter, ItsTextsReadBackEqual) {
    std::string every_ascii;
    for (char c = 0; c < 0x7f; ++c)
        every_ascii += c;
    json_reader reader;
    EXPECT_EQ(reader.parse(text_of(every_ascii)).text(), every_ascii);
}

TEST(JsonWriter, ItsOutputIsValidForEveryPairOfBytes) {
    json_reader reader;
    for (int first = 0; first < 256; ++first)
        for (int second = 0; second < 256; ++second) {
            const std::string text{static_cast<char>(first), static_cast<char>(second)};
            ASSERT_TRUE(reader.parse(text_of(text)).exists()) << first << ' ' << second;
        }
}

} // namespace
} // namespace redrive::wire
