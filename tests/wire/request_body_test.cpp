#include "wire/request_body.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace redrive::wire {
namespace {

constexpr auto source = "arn:aws:sqs:eu-west-1:123456789012:orders-dlq";
constexpr auto url = "https://sqs.eu-west-1.amazonaws.com/123456789012/orders-dlq";

template <class Input>
std::string body_of(const Input& input) {
    std::string out;
    append_body(out, input);
    return out;
}

TEST(RequestBody, OfACancelIsTheHandle) {
    EXPECT_EQ(body_of(cancel_input{"eyJ0YXNrSWQiOiJhIn0="}),
              R"({"TaskHandle":"eyJ0YXNrSWQiOiJhIn0="})");
}

TEST(RequestBody, OfAStartNamesEveryMemberThatIsSet) {
    const start_input input{source, "arn:aws:sqs:eu-west-1:123456789012:orders", 1};
    EXPECT_EQ(body_of(input),
              R"({"DestinationArn":"arn:aws:sqs:eu-west-1:123456789012:orders",)"
              R"("MaxNumberOfMessagesPerSecond":1,)"
              R"("SourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"})");
}

TEST(RequestBody, LeavesOutWhatIsNotSet) {
    EXPECT_EQ(body_of(start_input{source, {}, {}}),
              R"({"SourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"})");
    EXPECT_EQ(body_of(list_tasks_input{source, {}}),
              R"({"SourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"})");
    EXPECT_EQ(body_of(queue_url_input{"orders", {}}), R"({"QueueName":"orders"})");
    EXPECT_EQ(body_of(queue_attributes_input{url, {}}),
              R"({"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/123456789012/orders-dlq"})");
    EXPECT_EQ(body_of(list_sources_input{url, {}, {}}),
              R"({"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/123456789012/orders-dlq"})");
}

TEST(RequestBody, WithoutAnyMemberIsAnEmptyObject) {
    EXPECT_EQ(body_of(list_queues_input{}), "{}");
}

TEST(RequestBody, OfAListOfTasksCarriesItsBound) {
    EXPECT_EQ(body_of(list_tasks_input{"arn", 10}), R"({"MaxResults":10,"SourceArn":"arn"})");
}

TEST(RequestBody, OfAListOfQueuesCarriesPrefixPageAndBound) {
    EXPECT_EQ(body_of(list_queues_input{"orders-", "page 2", 1000}),
              R"({"MaxResults":1000,"NextToken":"page 2","QueueNamePrefix":"orders-"})");
}

TEST(RequestBody, OfAQueueUrlQuestionMayNameTheOwner) {
    EXPECT_EQ(body_of(queue_url_input{"orders", "123456789012"}),
              R"({"QueueName":"orders","QueueOwnerAWSAccountId":"123456789012"})");
}

TEST(RequestBody, OfAnAttributesQuestionNamesThem) {
    EXPECT_EQ(body_of(queue_attributes_input{"u", {"QueueArn", "RedrivePolicy"}}),
              R"({"AttributeNames":["QueueArn","RedrivePolicy"],"QueueUrl":"u"})");
}

TEST(RequestBody, OfAListOfSourcesCarriesPageAndBound) {
    EXPECT_EQ(body_of(list_sources_input{"u", "t", 1}),
              R"({"MaxResults":1,"NextToken":"t","QueueUrl":"u"})");
}

TEST(RequestBody, EscapesWhatJsonMust) {
    EXPECT_EQ(body_of(cancel_input{"a\"b\\c\nd\x01"}), R"({"TaskHandle":"a\"b\\c\nd\u0001"})");
}

TEST(RequestBody, KeepsNumbersWhole) {
    EXPECT_EQ(body_of(list_tasks_input{"a", std::numeric_limits<std::int32_t>::max()}),
              R"({"MaxResults":2147483647,"SourceArn":"a"})");
    EXPECT_EQ(body_of(list_tasks_input{"a", -1}), R"({"MaxResults":-1,"SourceArn":"a"})");
    EXPECT_EQ(body_of(list_tasks_input{"a", 0}), R"({"MaxResults":0,"SourceArn":"a"})");
}

TEST(RequestBody, IsAppendedBehindWhatTheBufferHolds) {
    std::string out = "kept";
    append_body(out, cancel_input{"h"});
    append_body(out, cancel_input{"i"});
    EXPECT_EQ(out, R"(kept{"TaskHandle":"h"}{"TaskHandle":"i"})");
}

} // namespace
} // namespace redrive::wire
