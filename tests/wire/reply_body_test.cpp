#include "wire/reply_body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace redrive::wire {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

// The output when the body is JSON and fits.
template <class Output>
std::optional<Output> read(std::string_view body) {
    json_reader reader;
    const auto document = reader.parse(body);
    if (!document.exists()) return std::nullopt;
    Output out;
    if (!read_body(document, out)) return std::nullopt;
    return out;
}

std::optional<std::int64_t> moved(std::string_view body) {
    const auto out = read<cancel_output>(body);
    return out ? std::optional{out->moved} : std::nullopt;
}

TEST(ReplyBody, OfACancelIsTheNumberOfMessagesMoved) {
    EXPECT_EQ(moved(R"({"ApproximateNumberOfMessagesMoved":2})"), 2);
}

TEST(ReplyBody, KeepsDefaultsWhenEmpty) {
    cancel_output cancel;
    list_tasks_output list;
    start_output start;
    list_queues_output queues;
    queue_url_output url;
    queue_attributes_output attributes;
    list_sources_output sources;
    EXPECT_TRUE(read_body(json_value{}, cancel));
    EXPECT_TRUE(read_body(json_value{}, list));
    EXPECT_TRUE(read_body(json_value{}, start));
    EXPECT_TRUE(read_body(json_value{}, queues));
    EXPECT_TRUE(read_body(json_value{}, url));
    EXPECT_TRUE(read_body(json_value{}, attributes));
    EXPECT_TRUE(read_body(json_value{}, sources));
    EXPECT_EQ(cancel.moved, 0);
    EXPECT_THAT(list.tasks, IsEmpty());
    EXPECT_THAT(sources.queue_urls, IsEmpty());
}

TEST(ReplyBody, KeepsDefaultsWhenMembersAreAbsentOrNull) {
    EXPECT_EQ(moved("{}"), 0);
    EXPECT_EQ(moved(R"({"ApproximateNumberOfMessagesMoved":null})"), 0);
    EXPECT_THAT(read<list_tasks_output>("{}").value().tasks, IsEmpty());
    EXPECT_THAT(read<list_tasks_output>(R"({"Results":null})").value().tasks, IsEmpty());
    EXPECT_THAT(read<list_sources_output>("{}").value().queue_urls, IsEmpty());
    EXPECT_EQ(read<start_output>(R"({"TaskHandle":null})").value().task_handle, "");
    EXPECT_THAT(read<queue_attributes_output>("{}").value().attributes, IsEmpty());
}

TEST(ReplyBody, MustBeAnObject) {
    for (const auto body : {"[]", "null", "7", "\"text\"", "true"}) {
        EXPECT_FALSE(read<cancel_output>(body)) << body;
        EXPECT_FALSE(read<list_tasks_output>(body)) << body;
        EXPECT_FALSE(read<list_queues_output>(body)) << body;
    }
}

TEST(ReplyBody, TakesIntegralNumbersInAnySpelling) {
    EXPECT_EQ(moved(R"({"ApproximateNumberOfMessagesMoved":2.0})"), 2);
    EXPECT_EQ(moved(R"({"ApproximateNumberOfMessagesMoved":1e3})"), 1000);
    EXPECT_EQ(moved(R"({"ApproximateNumberOfMessagesMoved":9223372036854775807})"),
              9223372036854775807);
}

TEST(ReplyBody, RefusesNumbersThatItCannotHold) {
    EXPECT_EQ(moved(R"({"ApproximateNumberOfMessagesMoved":9223372036854775808})"), std::nullopt);
    EXPECT_EQ(moved(R"({"ApproximateNumberOfMessagesMoved":1e30})"), std::nullopt);
    EXPECT_EQ(moved(R"({"ApproximateNumberOfMessagesMoved":2.5})"), std::nullopt);
    EXPECT_FALSE(
        read<list_tasks_output>(R"({"Results":[{"MaxNumberOfMessagesPerSecond":2147483648}]})"));
    EXPECT_FALSE(
        read<list_tasks_output>(R"({"Results":[{"MaxNumberOfMessagesPerSecond":-2147483649}]})"));
}

TEST(ReplyBody, RefusesMembersOfAnotherType) {
    EXPECT_EQ(moved(R"({"ApproximateNumberOfMessagesMoved":"2"})"), std::nullopt);
    EXPECT_EQ(moved(R"({"ApproximateNumberOfMessagesMoved":true})"), std::nullopt);
    EXPECT_FALSE(read<start_output>(R"({"TaskHandle":7})"));
    EXPECT_FALSE(read<list_tasks_output>(R"({"Results":{}})"));
    EXPECT_FALSE(read<list_tasks_output>(R"({"Results":["text"]})"));
    EXPECT_FALSE(read<list_tasks_output>(R"({"Results":[{"Status":1}]})"));
    EXPECT_FALSE(read<list_tasks_output>(R"({"Results":[{"StartedTimestamp":"now"}]})"));
    EXPECT_FALSE(read<list_queues_output>(R"({"QueueUrls":"one"})"));
    EXPECT_FALSE(read<list_queues_output>(R"({"QueueUrls":[1]})"));
    EXPECT_FALSE(read<list_queues_output>(R"({"NextToken":[]})"));
    EXPECT_FALSE(read<queue_attributes_output>(R"({"Attributes":[]})"));
    EXPECT_FALSE(read<queue_attributes_output>(R"({"Attributes":{"All":1}})"));
}

TEST(ReplyBody, IgnoresUnknownMembersAtAnyDepth) {
    EXPECT_EQ(moved(R"({"New":{"a":[1,{"b":null}]},"ApproximateNumberOfMessagesMoved":3})"), 3);
    const auto list = read<list_tasks_output>(R"({"Results":[{"Status":"RUNNING","New":[[]]}]})");
    EXPECT_EQ(list.value().tasks.at(0).status.value(), task_status::kind::running);
}

TEST(ReplyBody, TakesTheLastOfDuplicates) {
    EXPECT_EQ(
        moved(R"({"ApproximateNumberOfMessagesMoved":1,"ApproximateNumberOfMessagesMoved":2})"), 2);
    EXPECT_THAT(
        read<queue_attributes_output>(R"({"Attributes":{"B":"1","A":"2","B":"3"}})")->attributes,
        ElementsAre(Pair("A", "2"), Pair("B", "3")));
}

TEST(ReplyBody, OfAListReadsARunningTaskWhole) {
    const auto list = read<list_tasks_output>(R"({"Results":[{
        "TaskHandle":"eyJ0YXNrSWQiOiJhIn0=","Status":"RUNNING",
        "SourceArn":"arn:aws:sqs:us-east-1:123456789012:dlq",
        "DestinationArn":"arn:aws:sqs:us-east-1:123456789012:main",
        "MaxNumberOfMessagesPerSecond":50,"ApproximateNumberOfMessagesMoved":10,
        "ApproximateNumberOfMessagesToMove":1000,"StartedTimestamp":1442428276921}]})");
    const auto& task = list.value().tasks.at(0);
    EXPECT_EQ(task.handle, "eyJ0YXNrSWQiOiJhIn0=");
    EXPECT_EQ(task.status.value(), task_status::kind::running);
    EXPECT_EQ(task.source_arn, "arn:aws:sqs:us-east-1:123456789012:dlq");
    EXPECT_EQ(task.destination_arn, "arn:aws:sqs:us-east-1:123456789012:main");
    EXPECT_EQ(task.max_rate, 50);
    EXPECT_EQ(task.moved, 10);
    EXPECT_EQ(task.to_move, 1000);
    EXPECT_EQ(task.failure_reason, "");
    EXPECT_EQ(task.started.time_since_epoch(), std::chrono::milliseconds{1442428276921});
}

TEST(ReplyBody, OfAListReadsAFailedTaskWithoutOptionalMembers) {
    const auto list = read<list_tasks_output>(
        R"({"Results":[{"Status":"FAILED","SourceArn":"arn:aws:sqs:us-east-1:123456789012:dlq",)"
        R"("FailureReason":"AWS.SimpleQueueService.NonExistentQueue"}]})");
    const auto& task = list.value().tasks.at(0);
    EXPECT_EQ(task.handle, "");
    EXPECT_EQ(task.status.value(), task_status::kind::failed);
    EXPECT_EQ(task.failure_reason, "AWS.SimpleQueueService.NonExistentQueue");
    EXPECT_EQ(task.max_rate, std::nullopt);
    EXPECT_EQ(task.to_move, std::nullopt);
    EXPECT_EQ(task.moved, 0);
    EXPECT_EQ(task.started.time_since_epoch().count(), 0);
}

TEST(ReplyBody, OfAListKeepsAnUnknownStatusAsItCame) {
    const auto list = read<list_tasks_output>(R"({"Results":[{"Status":"PAUSED"}]})");
    EXPECT_EQ(list.value().tasks.at(0).status.value(), task_status::kind::other);
    EXPECT_EQ(list.value().tasks.at(0).status.text(), "PAUSED");
}

TEST(ReplyBody, SkipsNullElementsAndKeepsTheOrder) {
    const auto list = read<list_tasks_output>(
        R"({"Results":[null,{"Status":"RUNNING"},null,{"Status":"CANCELLED"}]})");
    ASSERT_EQ(list.value().tasks.size(), 2U);
    EXPECT_EQ(list->tasks[0].status.text(), "RUNNING");
    EXPECT_EQ(list->tasks[1].status.text(), "CANCELLED");
    EXPECT_THAT(read<list_queues_output>(R"({"QueueUrls":["b",null,"a"]})").value().queue_urls,
                ElementsAre("b", "a"));
    EXPECT_THAT(
        read<queue_attributes_output>(R"({"Attributes":{"A":null,"B":"1"}})").value().attributes,
        ElementsAre(Pair("B", "1")));
}

TEST(ReplyBody, OfAStartIsTheHandle) {
    EXPECT_EQ(read<start_output>(R"({"TaskHandle":"h\u00e9"})").value().task_handle, "h\xc3\xa9");
}

TEST(ReplyBody, OfQueueListsIsReadInEitherCase) {
    const auto body = R"({"QueueUrls":["upper"],"NextToken":"t"})";
    EXPECT_THAT(read<list_queues_output>(body).value().queue_urls, ElementsAre("upper"));
    EXPECT_THAT(read<list_sources_output>(body).value().queue_urls, ElementsAre("upper"));
    EXPECT_EQ(read<list_sources_output>(body).value().next_token, "t");
    const auto lower = R"({"queueUrls":["lower"]})";
    EXPECT_THAT(read<list_queues_output>(lower).value().queue_urls, ElementsAre("lower"));
    EXPECT_THAT(read<list_sources_output>(lower).value().queue_urls, ElementsAre("lower"));
}

TEST(ReplyBody, OfQueueListsPrefersTheModelledCase) {
    const auto both = R"({"QueueUrls":["upper"],"queueUrls":["lower"]})";
    EXPECT_THAT(read<list_queues_output>(both).value().queue_urls, ElementsAre("upper"));
    EXPECT_THAT(read<list_sources_output>(both).value().queue_urls, ElementsAre("lower"));
}

TEST(ReplyBody, OfAttributesIsSortedByName) {
    const auto out = read<queue_attributes_output>(
        R"({"Attributes":{"RedrivePolicy":"{\"maxReceiveCount\":3}","QueueArn":"arn"}})");
    EXPECT_THAT(
        out.value().attributes,
        ElementsAre(Pair("QueueArn", "arn"), Pair("RedrivePolicy", R"({"maxReceiveCount":3})")));
}

TEST(ReplyBody, OfAQueueUrlQuestionIsTheUrl) {
    EXPECT_EQ(read<queue_url_output>(R"({"QueueUrl":"https://h/1/q"})").value().queue_url,
              "https://h/1/q");
}

// No prefix of a good body may be taken for a whole one.
TEST(ReplyBody, IsNotReadFromAnyProperPrefix) {
    const std::string_view whole =
        R"({"Results":[{"TaskHandle":"h","Status":"RUNNING","StartedTimestamp":1}]})";
    for (std::size_t n = 0; n < whole.size(); ++n) {
        EXPECT_FALSE(read<list_tasks_output>(whole.substr(0, n))) << n;
    }
    EXPECT_TRUE(read<list_tasks_output>(whole));
    EXPECT_FALSE(read<list_tasks_output>(std::string{whole} + "x"));
}

} // namespace
} // namespace redrive::wire
