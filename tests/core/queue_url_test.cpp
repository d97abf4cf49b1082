#include "redrive/queue_url.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace redrive {
namespace {

struct url_case {
    const char* text;
    std::optional<std::string> region;
};

TEST(QueueUrl, ReadsTheRegionOfAwsHostsOnly) {
    const url_case cases[] = {
        {"https://sqs.eu-west-1.amazonaws.com/123456789012/orders", "eu-west-1"},
        {"https://sqs.eu-west-1.amazonaws.com/123456789012/orders/", "eu-west-1"},
        {"https://sqs.eu-west-1.amazonaws.com:443/123456789012/orders", "eu-west-1"},
        {"https://sqs.eu-west-1.api.aws/123456789012/orders", "eu-west-1"},
        {"https://sqs-fips.us-east-1.amazonaws.com/123456789012/orders", "us-east-1"},
        {"https://sqs.cn-north-1.amazonaws.com.cn/123456789012/orders", "cn-north-1"},
        {"https://sqs.eusc-de-east-1.amazonaws.eu/123456789012/orders", "eusc-de-east-1"},
        {"https://sqs.us-iso-east-1.c2s.ic.gov/123456789012/orders", "us-iso-east-1"},
        {"https://eu-west-1.queue.amazonaws.com/123456789012/orders", "eu-west-1"},
        {"https://queue.amazonaws.com/123456789012/orders", "us-east-1"},
        {"http://localhost:4566/123456789012/orders", std::nullopt},
        {"http://127.0.0.1:4566/base/path/123456789012/orders", std::nullopt},
        {"http://[::1]:4566/123456789012/orders", std::nullopt},
        {"https://sqs.123.amazonaws.com/123456789012/orders", std::nullopt},
        {"https://files.eu-west-1.amazonaws.com/123456789012/orders", std::nullopt},
    };
    for (const auto& [text, region] : cases) {
        const auto url = parse_queue_url(text);
        ASSERT_TRUE(url) << text;
        EXPECT_EQ(url->text, text);
        EXPECT_EQ(url->account, "123456789012") << text;
        EXPECT_EQ(url->name, "orders") << text;
        EXPECT_EQ(url->region, region) << text;
    }
}

TEST(QueueUrl, RefusesWhatDoesNotNameAQueue) {
    for (const char* text : {
             "",
             "https://",
             "https:///123456789012/orders",
             "https://sqs.eu-west-1.amazonaws.com",
             "https://sqs.eu-west-1.amazonaws.com/",
             "https://sqs.eu-west-1.amazonaws.com/orders",
             "https://sqs.eu-west-1.amazonaws.com/1234/orders",
             "https://sqs.eu-west-1.amazonaws.com/123456789012/",
             "https://sqs.eu-west-1.amazonaws.com/123456789012/a b",
             "https://sqs.eu-west-1.amazonaws.com/123456789012/orders//",
             "ftp://sqs.eu-west-1.amazonaws.com/123456789012/orders",
             "sqs.eu-west-1.amazonaws.com/123456789012/orders",
             "https://me:secret@sqs.eu-west-1.amazonaws.com/123456789012/orders",
             "https://sqs.eu-west-1.amazonaws.com/?x/123456789012/orders",
             "https://sqs.eu-west-1.amazonaws.com/#/123456789012/orders",
             "https://sqs.eu-west-1.amazonaws.com/\x1b[2J/123456789012/orders",
         })
        EXPECT_FALSE(parse_queue_url(text)) << text;
}

TEST(QueueUrl, OfEachPrefixIsAQueueOnlyOnceTheNameHasBegun) {
    const std::string text = "https://sqs.eu-west-1.amazonaws.com/123456789012/orders";
    const auto name_begins = text.rfind('/') + 1;
    for (std::size_t n = 0; n <= text.size(); ++n)
        EXPECT_EQ(parse_queue_url(text.substr(0, n)).has_value(), n > name_begins) << n;
}

TEST(QueueUrl, IsBoundedInLength) {
    const std::string end = "/123456789012/orders";
    const std::string beginning = "https://h/";
    const auto fits = 1024 - beginning.size() - end.size();
    EXPECT_TRUE(parse_queue_url(beginning + std::string(fits, 'p') + end));
    EXPECT_FALSE(parse_queue_url(beginning + std::string(fits + 1, 'p') + end));
}

} // namespace
} // namespace redrive
