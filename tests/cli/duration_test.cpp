#include "cli/duration.hpp"

#include <gmock/gmock.h>

namespace redrive::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

TEST(Duration, ReadsNumbersWithUnitsLargestFirst) {
    const std::pair<std::string_view, milliseconds> cases[] = {
        {"500ms", 500ms},
        {"2s", 2s},
        {"1m30s", 90s},
        {"2h", 2h},
        {"7d", 168h},
        {"0s", 0s},
        {"1d1ms", 24h + 1ms},
        {"1h0m1s", 1h + 1s},
        {"90m", 90min},
    };
    for (const auto& [text, span] : cases) {
        const auto read = parse_duration(text);
        ASSERT_TRUE(read) << text << ": " << read.why();
        EXPECT_EQ(*read, span) << text;
    }
}

TEST(Duration, SaysThatABareNumberHasNoUnit) {
    for (const auto text : {"5", "0", "1m30"}) {
        const auto read = parse_duration(text);
        ASSERT_FALSE(read) << text;
        EXPECT_THAT(read.why(), HasSubstr("has no unit")) << text;
    }
}

TEST(Duration, RefusesWhatIsNoDuration) {
    for (const auto text : {"",
                            "s",
                            "-1s",
                            "+1s",
                            "1.5s",
                            "1 s",
                            "1s1m",
                            "1h1h",
                            "1S",
                            "1w",
                            "s1",
                            "1s ",
                            "99999999999999999999s",
                            "1ss",
                            "\x1b[2J"}) {
        const auto read = parse_duration(text);
        ASSERT_FALSE(read) << text;
        EXPECT_THAT(read.why(), HasSubstr("is not a duration")) << text;
        EXPECT_EQ(read.why().find('\x1b'), std::string::npos);
    }
}

TEST(Duration, RefusesWhatIsLongerThanTenYears) {
    EXPECT_TRUE(parse_duration("3653d"));
    EXPECT_FALSE(parse_duration("3654d"));
    EXPECT_FALSE(parse_duration("3653d1ms"));
    EXPECT_FALSE(parse_duration("9223372036854775807ms"));
}

TEST(Duration, IsDescribedWithTwoUnitsAtTheMost) {
    EXPECT_EQ(describe(0ms), "0 ms");
    EXPECT_EQ(describe(999ms), "999 ms");
    EXPECT_EQ(describe(3290ms), "3.2 s");
    EXPECT_EQ(describe(125s), "2 min 5 s");
    EXPECT_EQ(describe(200min), "3 h 20 min");
    EXPECT_EQ(describe(52h), "2 d 4 h");
}

} // namespace
} // namespace redrive::cli
