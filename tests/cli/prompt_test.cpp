#include "cli/prompt.hpp"

#include <gtest/gtest.h>

namespace redrive::cli {
namespace {

TEST(Prompt, AsksYesOrNoForAFewTasksOfOneAccount) {
    const auto about = question_for(50, 1);
    EXPECT_EQ(about.text(), "Cancel 50 tasks? [y/N] ");
    for (const auto* yes : {"y\n", "Y\n", "yes\r\n", " yes "})
        EXPECT_TRUE(about.is_yes(yes));
    for (const auto* no : {"", "\n", "n\n", "no\n", "50\n", "yess\n", "y y\n"})
        EXPECT_FALSE(about.is_yes(no)) << no;
}

TEST(Prompt, WantsTheCountTypedForManyTasksOrSeveralAccounts) {
    EXPECT_TRUE(question_for(51, 1).wants_count);
    EXPECT_TRUE(question_for(2, 2).wants_count);
    EXPECT_FALSE(question_for(1, 1).wants_count);
    const auto about = question_for(1200, 3);
    EXPECT_EQ(about.text(), "To cancel 1,200 tasks, type 1200: ");
    EXPECT_TRUE(about.is_yes("1200\n"));
    EXPECT_TRUE(about.is_yes("1,200\n"));
    for (const auto* no : {"y\n", "yes\n", "120\n", "12000\n", ""})
        EXPECT_FALSE(about.is_yes(no));
}

} // namespace
} // namespace redrive::cli
