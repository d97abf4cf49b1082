#include "wire/instant.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace redrive::wire {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr wall_time example = sys_days{2015y / August / 30} + 12h + 36min + 0s;
constexpr wall_time leap_day = sys_days{2024y / February / 29} + 23h + 59min + 59s + 987ms;

TEST(Instant, IsWrittenAsAnAmzDate) {
    EXPECT_EQ(to_amz_date(example), "20150830T123600Z");
    EXPECT_EQ(to_amz_date(leap_day), "20240229T235959Z");
    EXPECT_EQ(to_amz_date(wall_time{}), "19700101T000000Z");
    EXPECT_EQ(to_amz_date(wall_time{-1ms}), "19691231T235959Z");
}

TEST(Instant, IsWrittenInExactlySixteenBytes) {
    std::array<char, 18> bytes;
    bytes.fill('#');
    write_amz_date(bytes.data() + 1, example);
    EXPECT_EQ(std::string_view(bytes.data(), bytes.size()), "#20150830T123600Z#");
}

TEST(Instant, BeyondFourDigitsOfYearStaysWithinThem) {
    EXPECT_EQ(to_amz_date(wall_time::max()), "99991231T235959Z");
    EXPECT_EQ(to_amz_date(wall_time::min()), "00000101T000000Z");
    EXPECT_EQ(to_rfc3339(wall_time::max()), "9999-12-31T23:59:59.999Z");
}

TEST(Instant, IsReadFromAnAmzDate) {
    EXPECT_EQ(parse_amz_date("20150830T123600Z"), example);
    EXPECT_EQ(parse_amz_date("20240229T235959Z"), floor<seconds>(leap_day));
}

TEST(Instant, IsNotReadFromABrokenAmzDate) {
    for (const auto* text : {"",
                             "20150830T123600",
                             "20150830T123600ZZ",
                             "20150830t123600Z",
                             "20150830 123600Z",
                             "2015083 T123600Z",
                             "20150830T1236-1Z",
                             "20150230T123600Z",
                             "20230229T123600Z",
                             "20151301T123600Z",
                             "20150800T123600Z",
                             "20150830T243600Z",
                             "20150830T126000Z",
                             "20150830T123661Z",
                             "2015-08-30T12:36:00Z"})
        EXPECT_EQ(parse_amz_date(text), std::nullopt) << text;
}

TEST(Instant, IsWrittenAndReadAsAnHttpDate) {
    const wall_time at = sys_days{1994y / November / 6} + 8h + 49min + 37s;
    EXPECT_EQ(to_http_date(at), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at);
    EXPECT_EQ(to_http_date(leap_day), "Thu, 29 Feb 2024 23:59:59 GMT");
}

TEST(Instant, IsNotReadFromAnotherHttpDate) {
    for (const auto* text : {"",
                             "Sunday, 06-Nov-94 08:49:37 GMT",
                             "Sun Nov  6 08:49:37 1994",
                             "Sun, 06 Nov 1994 08:49:37 UTC",
                             "Sun, 06 Nov 1994 08:49:37 GMT ",
                             "Sun, 06 nov 1994 08:49:37 GMT",
                             "Xyz, 06 Nov 1994 08:49:37 GMT",
                             "Sun, 31 Nov 1994 08:49:37 GMT",
                             "Sun, 06 Nov 1994 25:49:37 GMT",
                             "Sun,  6 Nov 1994 08:49:37 GMT"})
        EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
}

TEST(Instant, IsWrittenInRfc3339WithMilliseconds) {
    EXPECT_EQ(to_rfc3339(example), "2015-08-30T12:36:00.000Z");
    EXPECT_EQ(to_rfc3339(leap_day), "2024-02-29T23:59:59.987Z");
    EXPECT_EQ(to_rfc3339(example + 7ms), "2015-08-30T12:36:00.007Z");
}

TEST(Instant, IsWrittenInRfc3339InExactlyTwentyFourBytes) {
    std::array<char, rfc3339_size + 2> bytes;
    bytes.fill('#');
    write_rfc3339(bytes.data() + 1, leap_day);
    EXPECT_EQ(std::string_view(bytes.data(), bytes.size()), "#2024-02-29T23:59:59.987Z#");
}

TEST(Instant, IsWrittenInRfc3339WithoutAFraction) {
    EXPECT_EQ(to_rfc3339_seconds(leap_day), "2024-02-29T23:59:59Z");
    EXPECT_EQ(to_rfc3339_seconds(wall_time::max()), "9999-12-31T23:59:59Z");
}

TEST(Instant, IsReadFromRfc3339WithAnyFractionAndOffset) {
    EXPECT_EQ(parse_rfc3339("2015-08-30T12:36:00Z"), example);
    EXPECT_EQ(parse_rfc3339("2015-08-30t12:36:00z"), example);
    EXPECT_EQ(parse_rfc3339("2015-08-30 12:36:00+00:00"), example);
    EXPECT_EQ(parse_rfc3339("2015-08-30T12:36:00.5Z"), example + 500ms);
    EXPECT_EQ(parse_rfc3339("2015-08-30T12:36:00.123456789Z"), example + 123ms);
    EXPECT_EQ(parse_rfc3339("2015-08-30T14:06:00+01:30"), example);
    EXPECT_EQ(parse_rfc3339("2015-08-29T23:36:00-13:00"), example);
}

TEST(Instant, InALeapSecondIsTheBeginningOfTheNextMinute) {
    const wall_time next = sys_days{2017y / January / 1};
    EXPECT_EQ(parse_rfc3339("2016-12-31T23:59:60Z"), next);
}

TEST(Instant, IsNotReadFromBrokenRfc3339) {
    for (const auto* text : {"",
                             "2015-08-30",
                             "2015-08-30T12:36:00",
                             "2015-08-30T12:36Z",
                             "2015-08-30T12:36:00.Z",
                             "2015-08-30T12:36:00,5Z",
                             "2015-08-30T12:36:00+0130",
                             "2015-08-30T12:36:00+24:00",
                             "2015-08-30T12:36:00+01:60",
                             "2015-08-30T12:36:00Z ",
                             "2015-02-29T12:36:00Z",
                             "2015-08-30T12:36:00.99999999999999999999999999999"})
        EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
}

TEST(Instant, OfEveryDayOfFourCenturiesComesBack) {
    const sys_days last = 2370y / January / 1;
    for (sys_days day = 1970y / January / 1; day < last; day += days{1}) {
        const wall_time at = day + 1h + 2min + 3s;
        ASSERT_EQ(parse_amz_date(to_amz_date(at)), at);
        ASSERT_EQ(parse_http_date(to_http_date(at)), at);
        ASSERT_EQ(parse_rfc3339(to_rfc3339(at + 4ms)), at + 4ms);
    }
}

TEST(Instant, NeedsTheWholeText) {
    for (const std::string_view whole : {"20150830T123600Z", "2015-08-30T12:36:00.123Z"})
        for (std::size_t n = 0; n < whole.size(); ++n) {
            EXPECT_EQ(parse_amz_date(whole.substr(0, n)), std::nullopt);
            EXPECT_EQ(parse_rfc3339(whole.substr(0, n)), std::nullopt);
        }
}

} // namespace
} // namespace redrive::wire
