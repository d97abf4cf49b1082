#include "cli/shown_value.hpp"

#include <gtest/gtest.h>

namespace redrive::cli {
namespace {

TEST(ShownValue, IsQuotedAndEscaped) {
    EXPECT_EQ(shown_value("fast"), "'fast'");
    EXPECT_EQ(shown_value("\x1b[31m"), "'\\x1b[31m'");
}

TEST(ShownValue, HidesWhatMayBeASecret) {
    for (const char* text :
         {"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "https://me:hunter2@queue.example"})
        EXPECT_EQ(shown_value(text), "what was given (hidden: it may be a secret)");
}

} // namespace
} // namespace redrive::cli
