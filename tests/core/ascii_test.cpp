#include "core/ascii.hpp"

#include <gtest/gtest.h>

#include <string>

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

TEST(Ascii, IsPrintableFromABlankToATilde) {
    for (std::size_t length = 1; length < 20; ++length)
        for (std::size_t place = 0; place < length; ++place)
            for (int byte = 0; byte < 256; ++byte) {
                std::string text(length, 'x');
                text[place] = static_cast<char>(byte);
                const bool printable = byte >= 0x20 && byte < 0x7f;
                ASSERT_EQ(printable_prefix(text), printable ? length : place) << byte;
            }
}

} // namespace
} // namespace redrive
