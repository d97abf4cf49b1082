#include "cli/line_splitter.hpp"

#include <gmock/gmock.h>

#include <string_view>
#include <vector>

namespace redrive::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

using numbered = std::vector<std::pair<std::uint64_t, std::string>>;

void drain(line_splitter& lines, numbered& out) {
    while (const auto line = lines.next())
        out.emplace_back(line->number, line->too_long ? "(too long)" : line->text);
}

numbered split(const std::vector<std::string_view>& pieces) {
    line_splitter lines;
    numbered out;
    for (const auto piece : pieces) {
        lines.feed(piece);
        drain(lines, out);
    }
    lines.finish();
    drain(lines, out);
    EXPECT_TRUE(lines.is_at_end());
    return out;
}

TEST(LineSplitter, NumbersLinesFromOneAndTakesTheLastWithoutItsEnd) {
    EXPECT_THAT(split({"a\n\nb"}), ElementsAre(Pair(1, "a"), Pair(2, ""), Pair(3, "b")));
    EXPECT_THAT(split({"a\n"}), ElementsAre(Pair(1, "a")));
    EXPECT_TRUE(split({""}).empty());
}

TEST(LineSplitter, DoesNotDependOnWhereThePiecesEnd) {
    const std::string_view text = "first\nsecond line\n\n# c\nlast";
    const auto whole = split({text});
    for (std::size_t i = 0; i <= text.size(); ++i)
        EXPECT_EQ(split({text.substr(0, i), text.substr(i)}), whole) << i;
}

TEST(LineSplitter, KeepsLinesThatWereFedBeforeTheyWereAskedFor) {
    line_splitter lines;
    lines.feed("a\nb");
    lines.feed("c\nd\n");
    numbered out;
    drain(lines, out);
    EXPECT_THAT(out, ElementsAre(Pair(1, "a"), Pair(2, "bc"), Pair(3, "d")));
}

TEST(LineSplitter, MarksALineBeyondItsBoundAndGoesOnBehindIt) {
    const std::string longest(line_splitter::longest, 'x');
    EXPECT_THAT(split({longest, "\nnext"}), ElementsAre(Pair(1, longest), Pair(2, "next")));
    EXPECT_THAT(split({longest, "x\nnext"}), ElementsAre(Pair(1, "(too long)"), Pair(2, "next")));
    EXPECT_THAT(split({longest + "xy", longest, longest, "\nnext\n"}),
                ElementsAre(Pair(1, "(too long)"), Pair(2, "next")));
    EXPECT_THAT(split({longest + "xy"}), ElementsAre(Pair(1, "(too long)")));
}

TEST(LineSplitter, KeepsTheBeginningOfALineThatIsTooLong) {
    line_splitter lines;
    lines.feed("begin" + std::string(2 * line_splitter::longest, 'x'));
    EXPECT_FALSE(lines.next());
    lines.feed("\n");
    const auto line = lines.next();
    ASSERT_TRUE(line && line->too_long);
    EXPECT_EQ(line->text.substr(0, 6), "beginx");
    EXPECT_EQ(line->text.size(), line_splitter::longest);
}

TEST(LineSplitter, KeepsTheBeginningOfEachOfTwoLinesThatAreTooLong) {
    line_splitter lines;
    for (const char first : {'a', 'b'}) {
        lines.feed(first + std::string(line_splitter::longest, 'x'));
        EXPECT_FALSE(lines.next());
        lines.feed("x\n");
        const auto line = lines.next();
        ASSERT_TRUE(line && line->too_long);
        EXPECT_EQ(line->text.front(), first);
    }
}

} // namespace
} // namespace redrive::cli
