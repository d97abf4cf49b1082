#include "wire/error_text.hpp"

#include <gtest/gtest.h>

#include <string>

#include "redrive/diagnostics.hpp"

namespace redrive::wire {
namespace {

TEST(ErrorText, IsCutBetweenCharacters) {
    const std::string fill(diagnostics::longest_message - 2, 'x');
    EXPECT_EQ(bounded(fill + "ab"), fill + "ab");
    EXPECT_EQ(bounded(fill + "abc"), fill + "ab");
    EXPECT_EQ(bounded(fill + "\xe2\x82\xac"), fill);
    EXPECT_EQ(bounded(fill + "\xf0\x9f\x98\x80z"), fill);
    EXPECT_EQ(bounded(fill + "\xc3\xa9z"), fill + "\xc3\xa9");
}

TEST(ErrorText, OfContinuationBytesAloneIsStillBounded) {
    EXPECT_LE(bounded(std::string(5000, '\x80')).size(), diagnostics::longest_message);
}

TEST(ErrorText, IsSubstitutedByReasonPhraseOrBody) {
    EXPECT_EQ(substitute_message(500, "Broken", "<html>", false), "Broken");
    EXPECT_EQ(substitute_message(500, "", "<html>", false), "Internal Server Error");
    EXPECT_EQ(substitute_message(599, "", " <html> ", false), "<html>");
    EXPECT_EQ(substitute_message(403, "Forbidden", " no way ", false), "no way");
    EXPECT_EQ(substitute_message(403, "Forbidden", "{}", true), "Forbidden");
    EXPECT_EQ(substitute_message(403, "Forbidden", " ", false), "Forbidden");
}

} // namespace
} // namespace redrive::wire
