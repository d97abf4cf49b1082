#include "wire/reason_phrase.hpp"

#include <gtest/gtest.h>

namespace redrive::wire {
namespace {

TEST(ReasonPhrase, IsTheStandardsName) {
    EXPECT_EQ(reason_phrase(400), "Bad Request");
    EXPECT_EQ(reason_phrase(403), "Forbidden");
    EXPECT_EQ(reason_phrase(500), "Internal Server Error");
    EXPECT_EQ(reason_phrase(503), "Service Unavailable");
}

TEST(ReasonPhrase, IsEmptyForAStatusThatNobodySends) {
    EXPECT_EQ(reason_phrase(0), "");
    EXPECT_EQ(reason_phrase(418), "");
    EXPECT_EQ(reason_phrase(999), "");
}

} // namespace
} // namespace redrive::wire
