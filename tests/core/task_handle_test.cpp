#include "redrive/task_handle.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/base64.hpp"

namespace redrive {
namespace {

// {"taskId":"db540f1b-6f2c-4f3a-8a55-0a4e6b6b9e0c",
//  "sourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"}
constexpr const char* usual_handle =
    "eyJ0YXNrSWQiOiJkYjU0MGYxYi02ZjJjLTRmM2EtOGE1NS0wYTRlNmI2YjllMGMiLCJzb3VyY2VBcm4iOiJhcm46YXdzOn"
    "NxczpldS13ZXN0LTE6MTIzNDU2Nzg5MDEyOm9yZGVycy1kbHEifQ==";

constexpr const char* orders_arn = "arn:aws:sqs:eu-west-1:123456789012:orders-dlq";

std::optional<task_handle> handle_of(std::string_view json) {
    return task_handle::from_text(base64_encode(json));
}

TEST(TaskHandle, NamesItsTaskAndItsQueue) {
    const auto handle = task_handle::from_text(usual_handle);
    ASSERT_TRUE(handle);
    EXPECT_EQ(handle->text(), usual_handle);
    EXPECT_EQ(handle->task_id(), "db540f1b-6f2c-4f3a-8a55-0a4e6b6b9e0c");
    ASSERT_TRUE(handle->source());
    EXPECT_EQ(to_string(*handle->source()), orders_arn);
}

TEST(TaskHandle, IsMadeInTheUsualForm) {
    const auto made =
        task_handle::make("db540f1b-6f2c-4f3a-8a55-0a4e6b6b9e0c", *parse_queue_arn(orders_arn));
    EXPECT_EQ(made.text(), usual_handle);
    EXPECT_EQ(made, *task_handle::from_text(usual_handle));
}

TEST(TaskHandle, ReadsBlanksOtherKeysAndAnyOrder) {
    for (
        const char* json : {
            R"({ "taskId" : "t" , "sourceArn" : "arn:aws:sqs:eu-west-1:123456789012:orders-dlq" })",
            "{\n\t\"sourceArn\":\"arn:aws:sqs:eu-west-1:123456789012:orders-dlq\",\"taskId\":\"t\"}"
            "\r\n",
            R"({"v":"2","taskId":"t","sourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"})",
        }) {
        const auto handle = handle_of(json);
        ASSERT_TRUE(handle) << json;
        EXPECT_EQ(handle->task_id(), "t") << json;
        ASSERT_TRUE(handle->source()) << json;
    }
}

TEST(TaskHandle, IsOpaqueButKeptWhenItCannotBeDecoded) {
    for (const char* json : {
             "{}",
             "null",
             "[1]",
             R"({"taskId":"t"})",
             R"({"taskId":"","sourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"})",
             R"({"taskId":1,"sourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"})",
             R"({"taskId":"t","sourceArn":"arn:aws:sns:eu-west-1:123456789012:orders-dlq"})",
             R"({"taskId":"t","sourceArn":"arn:aws:sqs:a.b/:123456789012:orders-dlq"})",
             R"({"taskId":"\u0074","sourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"})",
             R"({"taskId":"t","sourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"} x)",
             R"({"taskId":"t","sourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq",})",
             "{\"taskId\":\"\x1b[2J\",\"sourceArn\":\"arn:aws:sqs:eu-west-1:123456789012:orders-"
             "dlq\"}",
         }) {
        const auto handle = handle_of(json);
        ASSERT_TRUE(handle) << json;
        EXPECT_EQ(handle->task_id(), "") << json;
        EXPECT_FALSE(handle->source()) << json;
    }
    const auto opaque = task_handle::from_text("not-base64!");
    ASSERT_TRUE(opaque);
    EXPECT_EQ(opaque->text(), "not-base64!");
    EXPECT_FALSE(opaque->source());
}

TEST(TaskHandle, RefusesWhatCannotBeAHandle) {
    EXPECT_FALSE(task_handle::from_text(""));
    EXPECT_FALSE(task_handle::from_text("a b"));
    EXPECT_FALSE(task_handle::from_text("a\n"));
    EXPECT_FALSE(task_handle::from_text("\x7f"));
    EXPECT_FALSE(task_handle::from_text("\xc3\xa9"));
    EXPECT_TRUE(task_handle::from_text(std::string(task_handle::longest, 'A')));
    EXPECT_FALSE(task_handle::from_text(std::string(task_handle::longest + 1, 'A')));
}

TEST(TaskHandle, OfEachPrefixIsAHandleThatNamesNoQueueUntilItIsWhole) {
    const std::string text = usual_handle;
    const auto whole = text.find('=');
    for (std::size_t n = 1; n < whole; ++n) {
        const auto handle = task_handle::from_text(text.substr(0, n));
        ASSERT_TRUE(handle) << n;
        EXPECT_FALSE(handle->source()) << n;
    }
    EXPECT_TRUE(task_handle::from_text(text.substr(0, whole))->source());
}

TEST(TaskHandle, EqualsAnotherByTaskAndQueueNotByText) {
    const auto compact =
        handle_of(R"({"taskId":"t","sourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"})");
    const auto spaced = handle_of(
        R"({"taskId": "t", "sourceArn": "arn:aws:sqs:eu-west-1:123456789012:orders-dlq"})");
    const auto other_task =
        handle_of(R"({"taskId":"u","sourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"})");
    const auto other_queue =
        handle_of(R"({"taskId":"t","sourceArn":"arn:aws:sqs:eu-west-1:123456789012:other-dlq"})");
    EXPECT_EQ(*compact, *spaced);
    EXPECT_FALSE(*compact == *other_task);
    EXPECT_FALSE(*compact == *other_queue);
}

TEST(TaskHandle, EqualsAnotherByTextWhenItIsOpaque) {
    EXPECT_EQ(*task_handle::from_text("opaque"), *task_handle::from_text("opaque"));
    EXPECT_FALSE(*task_handle::from_text("opaque") == *task_handle::from_text("Opaque"));
    EXPECT_FALSE(*task_handle::from_text("opaque") == *task_handle::from_text(usual_handle));
}

} // namespace
} // namespace redrive
