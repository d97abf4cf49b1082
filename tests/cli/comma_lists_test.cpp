#include "cli/comma_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redrive::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CommaLists, AreReadOneAfterTheOther) {
    EXPECT_THAT(elements_of({}), IsEmpty());
    const std::vector<std::string> lists{"a,b", "c", "d,e,f"};
    EXPECT_THAT(elements_of(lists), ElementsAre("a", "b", "c", "d", "e", "f"));
}

TEST(CommaLists, KeepWhatIsEmpty) {
    const std::vector<std::string> lists{"", "a,", ",b", "c,,d"};
    EXPECT_THAT(elements_of(lists), ElementsAre("", "a", "", "", "b", "c", "", "d"));
}

} // namespace
} // namespace redrive::cli
