#include "redrive/target.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace redrive {
namespace {

using ::testing::HasSubstr;

const std::string arn = "arn:aws:sqs:eu-west-1:123456789012:orders-dlq";
const queue_arn queue{"aws", "eu-west-1", "123456789012", "orders-dlq"};
const std::string task_id = "5b9ddc5c-2b1f-4dcd-b2ca-1c0a3a4f8a11";
const std::string handle = task_handle::make(task_id, queue).text();

target parse(std::string_view text, const std::string& region = {}) {
    return parse_target(text, {.region = region});
}

TEST(Target, TakesAQueueArn) {
    const auto what = parse(arn);
    EXPECT_EQ(what.invalid, "");
    EXPECT_EQ(what.source, queue);
    EXPECT_EQ(what.region, "eu-west-1");
    EXPECT_FALSE(what.handle);
    EXPECT_EQ(what.input.text, arn);
}

TEST(Target, TakesAQueueUrlWithItsRegion) {
    const auto what = parse("https://sqs.eu-west-1.amazonaws.com/123456789012/orders-dlq");
    EXPECT_EQ(what.invalid, "");
    EXPECT_EQ(what.source, queue);
}

TEST(Target, TakesAnEmulatorsUrlInTheGivenRegion) {
    const auto text = "http://127.0.0.1:4566/123456789012/orders-dlq";
    EXPECT_EQ(parse(text, "eu-west-1").source, queue);
    EXPECT_THAT(parse(text).invalid, HasSubstr("--region"));
}

TEST(Target, TakesAHandleThatNamesItsQueue) {
    const auto what = parse(handle, "us-east-1");
    EXPECT_EQ(what.invalid, "");
    EXPECT_EQ(what.source, queue);
    EXPECT_EQ(what.region, "eu-west-1"); // the handle's own
    EXPECT_EQ(what.handle->task_id(), task_id);
}

TEST(Target, TakesAQueueNameInTheGivenRegion) {
    const auto what = parse("orders-dlq.fifo", "cn-north-1");
    EXPECT_EQ(what.invalid, "");
    EXPECT_EQ(what.source, (queue_arn{"aws-cn", "cn-north-1", "", "orders-dlq.fifo"}));
    EXPECT_THAT(parse("orders-dlq").invalid, HasSubstr("--region"));
}

TEST(Target, TakesAnOpaqueHandleByItsPrefixOrItsLength) {
    const auto prefixed = parse("handle:task-1", "eu-west-1");
    EXPECT_EQ(prefixed.invalid, "");
    EXPECT_EQ(prefixed.handle->text(), "task-1");
    EXPECT_FALSE(prefixed.source);
    EXPECT_EQ(prefixed.region, "eu-west-1");

    const auto by_length = parse(std::string(81, 'A'), "eu-west-1");
    EXPECT_EQ(by_length.handle->text(), std::string(81, 'A'));
    EXPECT_TRUE(parse(std::string(80, 'A'), "eu-west-1").source); // a name

    EXPECT_THAT(parse("handle:task-1").invalid, HasSubstr("--region"));
    EXPECT_THAT(parse("handle:", "eu-west-1").invalid, HasSubstr("not a task handle"));
}

TEST(Target, TakesNamesForHandlesWhenTold) {
    const target_defaults all{.region = "eu-west-1", .everything_is_a_handle = true};
    EXPECT_EQ(parse_target("task-1", all).handle->text(), "task-1");
    EXPECT_EQ(parse_target("orders!dlq", all).handle->text(), "orders!dlq");
    // What says by itself what it is stays that.
    EXPECT_EQ(parse_target(arn, all).source, queue);
    EXPECT_FALSE(parse_target(arn, all).handle);
    EXPECT_EQ(parse_target(handle, all).source, queue);
}

TEST(Target, TakesARowOfOurs) {
    const auto what =
        parse(R"({"schema":"redrive.task/1","source_arn":")" + arn + R"(","task_handle":")" +
              handle + R"(","started":"2026-01-02T03:04:05.678Z","moved":7})");
    EXPECT_EQ(what.invalid, "");
    EXPECT_EQ(what.source, queue);
    EXPECT_EQ(what.handle->text(), handle);
    ASSERT_TRUE(what.started);
    EXPECT_EQ(what.started->time_since_epoch().count(), 1767323045678);
}

TEST(Target, TakesARowWithoutAHandle) {
    const auto what = parse(R"({"source_arn":")" + arn + R"(","task_handle":null})");
    EXPECT_EQ(what.invalid, "");
    EXPECT_EQ(what.source, queue);
    EXPECT_FALSE(what.handle);
    EXPECT_FALSE(what.started);
}

TEST(Target, TakesARowWithAnOpaqueHandle) {
    const auto with_arn = parse(R"({"source_arn":")" + arn + R"(","task_handle":"task-1"})");
    EXPECT_EQ(with_arn.invalid, "");
    EXPECT_EQ(with_arn.source, queue);
    EXPECT_EQ(with_arn.handle->text(), "task-1");
    const auto with_region = parse(R"({"region":"eu-west-1","task_handle":"task-1"})");
    EXPECT_EQ(with_region.invalid, "");
    EXPECT_EQ(with_region.region, "eu-west-1");
}

struct bad_target {
    std::string text, why;
};

TEST(Target, SaysWhyItRefuses) {
    const auto other = task_handle::make(task_id, {"aws", "eu-west-1", "123456789012", "x"}).text();
    const bad_target cases[] = {
        {"", "empty"},
        {" \t\r\n", "empty"},
        {"arn:aws:sns:eu-west-1:123456789012:topic", "not the ARN"},
        {"https://example.com/", "not a queue URL"},
        {"{", "not a JSON object"},
        {"{}", "neither source_arn nor task_handle"},
        {R"({"source_arn":"arn:aws:sqs"})", "not the ARN"},
        {R"({"task_handle":"task-1"})", "--region"},
        {R"({"task_handle":"task-1","region":"../evil"})", "--region"},
        {R"({"source_arn":")" + arn + R"(","task_handle":")" + other + R"("})", "another queue"},
        {"two words", "neither a queue ARN"},
        {std::string(70'000, 'a'), "longer than 64 KiB"},
        {std::string(5'000, 'a'), "not a task handle"},
    };
    for (const auto& each : cases)
        EXPECT_THAT(parse(each.text).invalid, HasSubstr(each.why)) << each.text.substr(0, 100);
}

TEST(Target, LeavesSpaceAroundItOut) {
    EXPECT_EQ(parse("  " + arn + "\r\n").source, queue);
    EXPECT_EQ(parse("  " + arn + "\r\n").input.text, arn);
}

TEST(Target, KeepsABoundedCopyOfItsText) {
    EXPECT_EQ(parse(std::string(70'000, 'a')).input.text.size(), 4096u);
}

TEST(Target, KnowsAQueueByArnAndByUrl) {
    const auto url = parse("https://sqs.eu-west-1.amazonaws.com/123456789012/orders-dlq");
    EXPECT_EQ(identity_of(parse(arn)), identity_of(url));
    EXPECT_NE(identity_of(parse(arn)), identity_of(parse(arn + "2")));
}

TEST(Target, KnowsATaskByItsIdAndItsQueue) {
    const auto row = parse(R"({"source_arn":")" + arn + R"(","task_handle":")" + handle + R"("})");
    EXPECT_EQ(identity_of(parse(handle)), identity_of(row));
    EXPECT_NE(identity_of(parse(handle)), identity_of(parse(arn)));
    EXPECT_NE(identity_of(parse(handle)),
              identity_of(parse(task_handle::make("another", queue).text())));
}

TEST(Target, KnowsAnOpaqueHandleByItsTextAndRegion) {
    EXPECT_EQ(identity_of(parse("handle:a", "eu-west-1")),
              identity_of(parse("handle:a", "eu-west-1")));
    EXPECT_NE(identity_of(parse("handle:a", "eu-west-1")),
              identity_of(parse("handle:b", "eu-west-1")));
    EXPECT_NE(identity_of(parse("handle:a", "eu-west-1")),
              identity_of(parse("handle:a", "eu-west-2")));
    EXPECT_EQ(identity_of(parse("two words")), "");
}

} // namespace
} // namespace redrive
