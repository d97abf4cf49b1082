#include "wire/http_header.hpp"

#include <gtest/gtest.h>

namespace redrive::wire {
namespace {

const http_headers headers = {
    {"Content-Type", "application/json"}, {"x-one", "first"}, {"X-ONE", "second"}, {"Empty", ""}};

TEST(HttpHeader, IsFoundWithoutRegardToCase) {
    EXPECT_EQ(find_header(headers, "content-type"), "application/json");
    EXPECT_EQ(find_header(headers, "CONTENT-TYPE"), "application/json");
}

TEST(HttpHeader, TheFirstOfTwoIsFound) {
    EXPECT_EQ(find_header(headers, "X-One"), "first");
}

TEST(HttpHeader, AnEmptyOneIsThereAndAMissingOneIsNot) {
    EXPECT_EQ(find_header(headers, "empty"), "");
    EXPECT_TRUE(has_header(headers, "empty"));
    EXPECT_EQ(find_header(headers, "content"), "");
    EXPECT_FALSE(has_header(headers, "content"));
    EXPECT_FALSE(has_header({}, "content"));
}

TEST(HttpHeader, OnlyLettersOfAsciiIgnoreTheirCase) {
    EXPECT_TRUE(same_header_name("X-Amz-Date", "x-aMZ-dATE"));
    EXPECT_FALSE(same_header_name("x-a", "x-ab"));
    EXPECT_FALSE(same_header_name("@", "`")); // as far apart as `A` and `a`
    EXPECT_FALSE(same_header_name("\xc4", "\xe4"));
}

} // namespace
} // namespace redrive::wire
