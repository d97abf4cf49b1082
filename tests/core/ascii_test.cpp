#include "core/ascii.hpp"

#include <gtest/gtest.h>

namespace redrive {
namespace {

TEST(Ascii, LowersOnlyTheLettersOfAscii) {
    EXPECT_EQ(lower("Host-ID_42[`{@"), "host-id_42[`{@");
    EXPECT_EQ(lower("\xc3\x84"), "\xc3\x84");
    EXPECT_EQ(lower(""), "");
}

TEST(Ascii, TrimsBothEndsAndNothingBetween) {
    EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
    EXPECT_EQ(trimmed("a"), "a");
    EXPECT_EQ(trimmed(" \n\t\r "), "");
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed("\va\f"), "\va\f");
}

TEST(Ascii, TrimsTheBlanksThatAreGiven) {
    EXPECT_EQ(trimmed("\v a\n", " \v"), "a\n");
}

} // namespace
} // namespace redrive
