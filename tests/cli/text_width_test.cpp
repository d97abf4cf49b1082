#include "cli/text_width.hpp"

#include <gtest/gtest.h>

namespace redrive::cli {
namespace {

TEST(TextWidth, CountsCellsNotBytes) {
    EXPECT_EQ(width_of(""), 0u);
    EXPECT_EQ(width_of("queue"), 5u);
    EXPECT_EQ(width_of("\xc3\xa4"), 1u);
    EXPECT_EQ(width_of("e\xcc\x81"), 1u);                // combining acute
    EXPECT_EQ(width_of("\xe6\x97\xa5\xe6\x9c\xac"), 4u); // two wide characters
}

TEST(TextWidth, CutsAtACharacterAndSaysSo) {
    EXPECT_EQ(shortened("orders", 6), "orders");
    EXPECT_EQ(shortened("orders", 5), "orde\xe2\x80\xa6");
    EXPECT_EQ(shortened("orders", 1), "\xe2\x80\xa6");
    EXPECT_EQ(shortened("orders", 0), "");
    EXPECT_EQ(shortened("\xe6\x97\xa5\xe6\x9c\xac", 3), "\xe6\x97\xa5\xe2\x80\xa6");
    EXPECT_EQ(shortened("\xe6\x97\xa5\xe6\x9c\xac", 2), "\xe2\x80\xa6");
}

TEST(TextWidth, NeverExceedsTheCellsItWasGiven) {
    const std::string text = "a\xe6\x97\xa5"
                             "b\xc3\xa4\xe6\x9c\xac"
                             "c";
    for (std::size_t cells = 0; cells < 12; ++cells)
        EXPECT_LE(width_of(shortened(text, cells)), cells);
}

} // namespace
} // namespace redrive::cli
