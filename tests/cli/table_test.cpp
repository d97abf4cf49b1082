#include "cli/table.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "cli/text_width.hpp"

namespace redrive::cli {
namespace {

constexpr auto left = table_column::alignment::left;
constexpr auto right = table_column::alignment::right;

std::vector<table_column> columns() {
    return {{"QUEUE", left, true}, {"MOVED", right, false}, {"NOTE", left, true}};
}

TEST(Table, AlignsItsColumnsAndLeavesNoSpaceAtTheEnd) {
    table rows{columns(), std::nullopt, false};
    rows.add({{"orders-dlq"}, {"12"}, {""}});
    rows.add({{"a"}, {"1,234,567"}, {"late"}});
    EXPECT_EQ(rows.take_all(),
              "QUEUE           MOVED  NOTE\n"
              "orders-dlq         12\n"
              "a           1,234,567  late\n");
}

TEST(Table, ShowsNothingWithoutRows) {
    table rows{columns(), 80, true};
    EXPECT_EQ(rows.take_all(), "");
    EXPECT_EQ(rows.take_ready(), "");
}

TEST(Table, CutsWhatShrinksUntilItFitsTheTerminal) {
    table rows{columns(), 40, false};
    rows.add({{std::string(60, 'q')}, {"1"}, {std::string(60, 'n')}});
    const auto text = rows.take_all();
    const auto second = text.substr(text.find('\n') + 1);
    EXPECT_EQ(width_of(second.substr(0, second.size() - 1)), 40u);
    EXPECT_NE(second.find("q\xe2\x80\xa6"), std::string::npos);
    EXPECT_NE(second.find("n\xe2\x80\xa6"), std::string::npos);
}

TEST(Table, CutsNothingOffATerminal) {
    table rows{columns(), std::nullopt, false};
    rows.add({{std::string(500, 'q')}, {"1"}, {"n"}});
    EXPECT_NE(rows.take_all().find(std::string(500, 'q')), std::string::npos);
}

TEST(Table, EscapesWhatItShows) {
    table rows{columns(), std::nullopt, true};
    rows.add({{"\x1b]0;owned\x07", style::bad}, {"\n"}, {"\xe2\x80\xae"}});
    const auto text = rows.take_all();
    EXPECT_NE(text.find("\x1b[31m\\x1b]0;owned\\x07\x1b[0m"), std::string::npos);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
    EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
}

TEST(Table, StreamsOnceTheWidthsAreChosen) {
    table rows{columns(), std::nullopt, false};
    for (int i = 0; i < 999; ++i) {
        rows.add({{"q"}, {"1"}, {""}});
        ASSERT_EQ(rows.take_ready(), "");
    }
    rows.add({{"q"}, {"1"}, {""}});
    const auto first = rows.take_ready();
    EXPECT_EQ(std::count(first.begin(), first.end(), '\n'), 1001);
    rows.add({{"longer than before"}, {"2"}, {""}});
    EXPECT_EQ(rows.take_ready(), "longer than before      2\n");
    EXPECT_EQ(rows.take_all(), "");
}

} // namespace
} // namespace redrive::cli
