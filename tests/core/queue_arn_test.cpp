#include "redrive/queue_arn.hpp"

#include <gtest/gtest.h>

#include <string>

namespace redrive {
namespace {

TEST(QueueArn, SplitsIntoItsParts) {
    const auto arn = parse_queue_arn("arn:aws-us-gov:sqs:us-gov-west-1:123456789012:orders-dlq");
    ASSERT_TRUE(arn);
    EXPECT_EQ(arn->partition, "aws-us-gov");
    EXPECT_EQ(arn->region, "us-gov-west-1");
    EXPECT_EQ(arn->account, "123456789012");
    EXPECT_EQ(arn->name, "orders-dlq");
}

TEST(QueueArn, IsWrittenAsItWasRead) {
    for (const char* text : {
             "arn:aws:sqs:eu-west-1:123456789012:orders-dlq",
             "arn:aws-cn:sqs:cn-north-1:000000000000:a",
             "arn:aws:sqs:eu-west-1:123456789012:Orders_1-dlq.fifo",
             "arn:aws-iso-b:sqs:us-isob-east-1:123456789012:x",
         }) {
        const auto arn = parse_queue_arn(text);
        ASSERT_TRUE(arn) << text;
        EXPECT_EQ(to_string(*arn), text);
    }
}

TEST(QueueArn, RefusesWhatIsNotAQueue) {
    for (const char* text : {
             "",
             "arn",
             "arn:aws:sqs:eu-west-1:123456789012",
             "arn:aws:sqs:eu-west-1:123456789012:",
             "arn:aws:sqs:eu-west-1:12345678901:orders",
             "arn:aws:sqs:eu-west-1:1234567890123:orders",
             "arn:aws:sqs:eu-west-1:12345678901x:orders",
             "arn:aws:sqs::123456789012:orders",
             "arn:aws:sqs:evil.example/:123456789012:orders",
             "arn:aws:sqs:-eu:123456789012:orders",
             "arn:aws:sns:eu-west-1:123456789012:orders",
             "arn:AWS:sqs:eu-west-1:123456789012:orders",
             "arn:gcp:sqs:eu-west-1:123456789012:orders",
             "ARN:aws:sqs:eu-west-1:123456789012:orders",
             "arn:aws:sqs:eu-west-1:123456789012:orders:more",
             "arn:aws:sqs:eu-west-1:123456789012:orders dlq",
             " arn:aws:sqs:eu-west-1:123456789012:orders",
             "arn:aws:sqs:eu-west-1:123456789012:orders\n",
             "arn:aws:sqs:eu-west-1:123456789012:.fifo",
             "arn:aws:sqs:eu-west-1:123456789012:a.b",
         })
        EXPECT_FALSE(parse_queue_arn(text)) << text;
}

TEST(QueueArn, OfEachPrefixIsAnArnOnlyOnceTheNameHasBegun) {
    const std::string text = "arn:aws:sqs:eu-west-1:123456789012:orders.fifo";
    const auto name_begins = text.rfind(':') + 1;
    for (std::size_t n = 0; n <= text.size(); ++n) {
        const auto prefix = text.substr(0, n);
        const auto name = n > name_begins ? prefix.substr(name_begins) : "";
        EXPECT_EQ(parse_queue_arn(prefix).has_value(), is_queue_name(name)) << prefix;
    }
}

TEST(QueueArn, IsBoundedInLength) {
    const std::string beginning = "arn:aws:sqs:eu-west-1:123456789012:";
    EXPECT_TRUE(parse_queue_arn(beginning + std::string(80, 'q')));
    EXPECT_FALSE(parse_queue_arn(beginning + std::string(81, 'q')));
    EXPECT_FALSE(parse_queue_arn(std::string(100'000, ':')));
}

TEST(QueueArn, OrdersByPartitionRegionAccountAndName) {
    const auto first = parse_queue_arn("arn:aws:sqs:eu-west-1:123456789012:a");
    const auto second = parse_queue_arn("arn:aws:sqs:eu-west-1:123456789012:b");
    const auto third = parse_queue_arn("arn:aws:sqs:us-east-1:000000000000:a");
    EXPECT_LT(*first, *second);
    EXPECT_LT(*second, *third);
}

TEST(QueueName, CountsTheFifoSuffixInItsEightyCharacters) {
    EXPECT_TRUE(is_queue_name("a"));
    EXPECT_TRUE(is_queue_name("a.fifo"));
    EXPECT_TRUE(is_queue_name(std::string(75, 'a') + ".fifo"));
    EXPECT_FALSE(is_queue_name(std::string(76, 'a') + ".fifo"));
    EXPECT_FALSE(is_queue_name(""));
    EXPECT_FALSE(is_queue_name(".fifo"));
    EXPECT_FALSE(is_queue_name("a.FIFO"));
    EXPECT_FALSE(is_queue_name("a.fifo.fifo"));
    EXPECT_FALSE(is_queue_name("a/b"));
    EXPECT_FALSE(is_queue_name("\xc3\xa9"));
}

TEST(RegionName, IsOneHostLabelThatIsNotANumber) {
    for (const char* text : {"eu-west-1", "us-gov-west-1", "aws-global", "a", "1a", "Local"})
        EXPECT_TRUE(is_region_name(text)) << text;
    for (const char* text :
         {"", "-a", "a-", "123", "a.b", "a/b", "a_b", "a b", "a:b", "a@b", "a#b", "eu-west-1\n"})
        EXPECT_FALSE(is_region_name(text)) << text;
    EXPECT_TRUE(is_region_name(std::string(63, 'r')));
    EXPECT_FALSE(is_region_name(std::string(64, 'r')));
    EXPECT_FALSE(is_region_name({"eu\0west", 7}));
}

TEST(AccountId, IsTwelveDigits) {
    EXPECT_TRUE(is_account_id("000000000000"));
    EXPECT_FALSE(is_account_id(""));
    EXPECT_FALSE(is_account_id("12345678901"));
    EXPECT_FALSE(is_account_id("1234567890123"));
    EXPECT_FALSE(is_account_id("12345678901a"));
}

} // namespace
} // namespace redrive
