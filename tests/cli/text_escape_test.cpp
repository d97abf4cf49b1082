#include "cli/text_escape.hpp"

#include <gtest/gtest.h>

#include "cli/utf8.hpp"

namespace redrive::cli {
namespace {

using namespace std::string_literals;

struct escape_case {
    std::string text, shown;
};

TEST(TextEscape, ShowsWhatIsSafeAsItIsAndNamesWhatIsNot) {
    const escape_case cases[] = {
        {"orders-dlq", "orders-dlq"},
        {"", ""},
        {"B\xc3\xbc"
         "cher \xe6\x97\xa5\xe6\x9c\xac",
         "B\xc3\xbc"
         "cher \xe6\x97\xa5\xe6\x9c\xac"},
        {"a\nb\tc\r", "a\\x0ab\\x09c\\x0d"},
        {"\x1b[2J\x1b]0;title\x07", "\\x1b[2J\\x1b]0;title\\x07"},
        {"\0hidden"s, "\\x00hidden"},
        {"\x7f", "\\x7f"},
        {"\xc2\x9b\x33\x31m", "\\u{9b}31m"}, // C1 CSI as UTF-8
        {"\x9b\x33\x31m", "\\x9b31m"},       // C1 CSI as one byte
        {"\xe2\x80\xae"
         "gpj.exe",
         "\\u{202e}gpj.exe"}, // right-to-left override
        {"\xe2\x81\xa6x\xe2\x81\xa9", "\\u{2066}x\\u{2069}"},
        {"zero\xe2\x80\x8bwidth", "zero\\u{200b}width"},
        {"\xef\xbb\xbf", "\\u{feff}"},
        {"\xf3\xa0\x80\x81", "\\u{e0001}"},
        {"\xff\xfe", "\\xff\\xfe"},
        {"\xc0\xaf", "\\xc0\\xaf"},          // overlong slash
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"}, // surrogate
        {"cut \xe6\x97", "cut \\xe6\\x97"},
    };
    for (const auto& one : cases)
        EXPECT_EQ(escaped(one.text), one.shown);
}

TEST(TextEscape, LeavesNoByteThatSteersATerminalForAnyPairOfBytes) {
    for (int a = 0; a < 256; ++a)
        for (int b = 0; b < 256; ++b) {
            const auto shown = escaped(std::string{static_cast<char>(a), static_cast<char>(b)});
            ASSERT_TRUE(is_utf8(shown)) << a << ' ' << b;
            for (const char c : shown)
                ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20) << a;
        }
}

TEST(TerminalSafeJson, KeepsTheValueButWritesSteeringCharactersAsEscapes) {
    EXPECT_EQ(terminal_safe_json(R"({"a":"b"})"), R"({"a":"b"})");
    EXPECT_EQ(terminal_safe_json("\"\xc3\xa4\""), "\"\xc3\xa4\"");
    EXPECT_EQ(terminal_safe_json("\"\xc2\x9b\x7f\""), R"("\u009b\u007f")");
    EXPECT_EQ(terminal_safe_json("\"\xe2\x80\xae\""), R"("\u202e")");
    EXPECT_EQ(terminal_safe_json("\"\xf3\xa0\x80\x81\""), R"("\udb40\udc01")");
    EXPECT_EQ(terminal_safe_json("\"\xff\""), R"("\ufffd")");
}

} // namespace
} // namespace redrive::cli
