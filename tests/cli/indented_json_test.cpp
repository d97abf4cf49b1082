#include "cli/indented_json.hpp"

#include <gtest/gtest.h>

namespace redrive::cli {
namespace {

TEST(IndentedJson, PutsEachMemberAndElementOnItsLine) {
    EXPECT_EQ(indented(R"({"a":["b","c"],"d":{"e":1,"f":null}})"),
              "{\n"
              "  \"a\": [\n"
              "    \"b\",\n"
              "    \"c\"\n"
              "  ],\n"
              "  \"d\": {\n"
              "    \"e\": 1,\n"
              "    \"f\": null\n"
              "  }\n"
              "}\n");
}

TEST(IndentedJson, KeepsWhatIsEmptyTogether) {
    EXPECT_EQ(indented("{}"), "{}\n");
    EXPECT_EQ(indented(R"([[],{}])"), "[\n  [],\n  {}\n]\n");
    EXPECT_EQ(indented("7"), "7\n");
}

TEST(IndentedJson, LeavesTextsAsTheyAre) {
    EXPECT_EQ(indented(R"(["{\"a\":[1,2]}","\\",","])"),
              "[\n"
              "  \"{\\\"a\\\":[1,2]}\",\n"
              "  \"\\\\\",\n"
              "  \",\"\n"
              "]\n");
}

TEST(IndentedJson, EndsWhereBrokenJsonEnds) {
    EXPECT_EQ(indented("[\"a"), "[\n  \"a\n");
    EXPECT_EQ(indented("\"\\"), "\"\\\n");
    EXPECT_EQ(indented("]"), "\n]\n");
    EXPECT_EQ(indented(""), "\n");
}

} // namespace
} // namespace redrive::cli
