#include "cli/number.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace redrive::cli {
namespace {

TEST(Number, ReadsWholeNumbersWithinTheirBounds) {
    EXPECT_EQ(*parse_integer("0", 0, 9), 0);
    EXPECT_EQ(*parse_integer("9", 0, 9), 9);
    for (const auto text : {"", "10", "-1", "1.0", "0x1", "1 ", " 1", "+1", "1e3", "nan"})
        EXPECT_FALSE(parse_integer(text, 0, 9)) << text;
    EXPECT_FALSE(parse_integer("9223372036854775808", 0, std::numeric_limits<std::int64_t>::max()));
}

TEST(Number, ReadsFractionsWithinTheirBounds) {
    EXPECT_EQ(*parse_number("0.5", 0, 10), 0.5);
    EXPECT_EQ(*parse_number("10", 0, 10), 10);
    for (const auto text : {"", "inf", "nan", "-0.5", "10.1", "1/s", "1,5"})
        EXPECT_FALSE(parse_number(text, 0, 10)) << text;
}

TEST(Number, SaysWhichNumbersItTakes) {
    EXPECT_EQ(parse_integer("x", 1, 1000).why(), "'x' is not a whole number from 1 to 1,000");
    EXPECT_EQ(parse_number("x", 0, 10).why(), "'x' is not a number from 0 to 10");
}

TEST(Number, GroupsDigitsByThree) {
    EXPECT_EQ(grouped(std::int64_t{0}), "0");
    EXPECT_EQ(grouped(std::int64_t{999}), "999");
    EXPECT_EQ(grouped(std::int64_t{1000}), "1,000");
    EXPECT_EQ(grouped(std::int64_t{-1234567}), "-1,234,567");
    EXPECT_EQ(grouped(std::int64_t{-123}), "-123");
    EXPECT_EQ(counted(1, "task"), "1 task");
    EXPECT_EQ(counted(1200, "task"), "1,200 tasks");
}

} // namespace
} // namespace redrive::cli
