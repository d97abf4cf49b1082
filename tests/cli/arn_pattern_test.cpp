#include "cli/arn_pattern.hpp"

#include <gtest/gtest.h>

#include <string>

namespace redrive::cli {
namespace {

TEST(ArnPattern, TakesWildcardsInEveryPart) {
    for (const auto* text : {"arn:aws:sqs:eu-west-1:123456789012:orders-dlq",
                             "arn:*:sqs:*:*:*",
                             "arn:aws*:sqs:eu-*-1:12345678901?:*-dlq.fifo"})
        EXPECT_TRUE(is_arn_pattern(text, "sqs", "")) << text;
    EXPECT_TRUE(is_arn_pattern("arn:aws:kms:*:123456789012:key/1234abcd-12ab", "kms", "key/"));
    EXPECT_TRUE(is_arn_pattern("arn:aws:iam::*:role/ops/stop+=,.@_-", "iam", "role/"));
}

TEST(ArnPattern, RefusesWhatNoPolicyCanMean) {
    for (const auto* text : {"",
                             "*",
                             "orders-dlq",
                             "arn:aws:sqs:eu-west-1:123456789012",
                             "arn:aws:sqs:eu-west-1:123456789012:",
                             "arn:aws:sqs::123456789012:q",
                             "arn:aws:sqs:eu-west-1::q",
                             "arn::sqs:eu-west-1:123456789012:q",
                             "arn:aws:sns:eu-west-1:123456789012:q",
                             "arn:aws:s*:eu-west-1:123456789012:q",
                             "urn:aws:sqs:eu-west-1:123456789012:q",
                             "arn:aws:sqs:eu-west-1:123456789012:q q",
                             "arn:aws:sqs:eu-west-1:123456789012:q\n",
                             "arn:aws:sqs:eu-west-1:123456789012:q:q",
                             "arn:aws:sqs:eu-west-1:{account}:q",
                             "arn:aws:sqs:eu-west-1:123456789012:q\"]"})
        EXPECT_FALSE(is_arn_pattern(text, "sqs", "")) << text;
    EXPECT_FALSE(is_arn_pattern("arn:aws:kms:*:123456789012:alias/a", "kms", "key/"));
    EXPECT_FALSE(is_arn_pattern("arn:aws:iam:eu-west-1:123456789012:role/r", "iam", "role/"));
    EXPECT_FALSE(is_arn_pattern("arn:aws:iam::123456789012:role/", "iam", "role/"));
    EXPECT_FALSE(
        is_arn_pattern("arn:aws:sqs:eu-west-1:123456789012:" + std::string(1024, 'q'), "sqs", ""));
}

} // namespace
} // namespace redrive::cli
