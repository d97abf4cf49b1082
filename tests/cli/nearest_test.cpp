#include "cli/nearest.hpp"

#include <gtest/gtest.h>

namespace redrive::cli {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
    EXPECT_EQ(edit_distance("", ""), 0u);
    EXPECT_EQ(edit_distance("", "abc"), 3u);
    EXPECT_EQ(edit_distance("region", "region"), 0u);
    EXPECT_EQ(edit_distance("regoin", "region"), 1u);
    EXPECT_EQ(edit_distance("lst", "list"), 1u);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
    EXPECT_EQ(edit_distance("abc", ""), 3u);
}

TEST(Nearest, FindsWhatAPersonMeant) {
    const std::vector<std::string> names{"--region", "--rate", "--profile", "--yes", "--dry-run"};
    EXPECT_EQ(nearest("--regoin", names), "--region");
    EXPECT_EQ(nearest("--dryrun", names), "--dry-run");
    EXPECT_EQ(nearest("--prof", names), "--profile"); // the beginning of one
    EXPECT_EQ(nearest("--elephant", names), "");
    EXPECT_EQ(nearest(std::string(100'000, 'x'), names), "");
}

} // namespace
} // namespace redrive::cli
