#include "cli/target_line.hpp"

#include <gmock/gmock.h>

namespace redrive::cli {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;

const target_defaults in_ireland{"eu-west-1", false};

std::optional<target> read(std::string text, std::uint64_t number = 2) {
    return read_target_line({number, std::move(text), false}, in_ireland);
}

TEST(TargetLine, SkipsBlanksAndComments) {
    for (const auto* text : {"", "  ", "\t\r", "# arn:aws:sqs:eu-west-1:123456789012:q", "  #x"})
        EXPECT_FALSE(read(text)) << text;
}

TEST(TargetLine, KeepsTheLineNumberAndTheTextWithoutItsBlanks) {
    const auto what = read("  arn:aws:sqs:eu-west-1:123456789012:orders \r", 42);
    ASSERT_TRUE(what);
    EXPECT_EQ(what->invalid, "");
    EXPECT_EQ(what->input.line, 42u);
    EXPECT_EQ(what->input.text, "arn:aws:sqs:eu-west-1:123456789012:orders");
    EXPECT_EQ(what->source->name, "orders");
}

TEST(TargetLine, DropsAByteOrderMarkInTheFirstLineOnly) {
    EXPECT_EQ(read("\xef\xbb\xbforders", 1)->input.text, "orders");
    EXPECT_FALSE(read("\xef\xbb\xbf# comment", 1));
    EXPECT_NE(read("\xef\xbb\xbforders", 2)->invalid, "");
}

TEST(TargetLine, NamesWhatNoTargetCanHold) {
    EXPECT_THAT(read("or\0ders"s)->invalid, HasSubstr("NUL"));
    EXPECT_THAT(read("or\xff")->invalid, HasSubstr("not valid UTF-8"));
    const auto too_long = read_target_line({3, std::string(100, 'x'), true}, in_ireland);
    EXPECT_THAT(too_long->invalid, HasSubstr("longer than 64 KiB"));
}

TEST(TargetLine, KeepsNoMoreThanFourKibibytesOfAText) {
    EXPECT_EQ(read(std::string(60'000, '!'))->input.text.size(), 4096u);
}

TEST(TargetLine, NeedsARegionForAName) {
    EXPECT_EQ(read_target("orders", in_ireland).invalid, "");
    EXPECT_THAT(read_target("orders", {}).invalid, HasSubstr("region"));
}

} // namespace
} // namespace redrive::cli
