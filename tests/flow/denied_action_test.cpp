#include "flow/denied_action.hpp"

#include <gtest/gtest.h>

#include <string>

namespace redrive::flow {
namespace {

std::string action_in(std::string_view what_follows) {
    return read_denied_action("User: arn:aws:sts::123456789012:assumed-role/stop/me is not "
                              "authorized to perform: " +
                              std::string{what_follows})
        .name;
}

TEST(DeniedAction, IsReadFromWhatTheServiceSays) {
    const auto read = read_denied_action(
        "User: arn:aws:sts::123456789012:assumed-role/stop-redrives/on-call is not authorized to "
        "perform: sqs:cancelmessagemovetask on resource: "
        "arn:aws:sqs:eu-west-1:123456789012:orders-dlq because no identity-based policy allows the "
        "sqs:cancelmessagemovetask action");
    EXPECT_EQ(read.name, "sqs:CancelMessageMoveTask");
    EXPECT_FALSE(read.is_explicit);
    EXPECT_TRUE(read_denied_action("User: u is not authorized to perform: sqs:deletemessage on "
                                   "resource: r with an explicit deny in a service control policy: "
                                   "arn:aws:organizations::1:policy/p")
                    .is_explicit);
}

TEST(DeniedAction, IsSpeltAsAwsSpellsIt) {
    EXPECT_EQ(action_in("sqs:listmessagemovetasks"), "sqs:ListMessageMoveTasks");
    EXPECT_EQ(action_in("sqs:RECEIVEMESSAGE on x"), "sqs:ReceiveMessage");
    EXPECT_EQ(action_in("sqs:GetQueueAttributes. Sorry"), "sqs:GetQueueAttributes");
    EXPECT_EQ(action_in("sqs:getqueueurl, too"), "sqs:GetQueueUrl");
    EXPECT_EQ(action_in("kms:decrypt on the resource"), "kms:Decrypt");
    EXPECT_EQ(action_in("sts:assumerole\n"), "sts:AssumeRole");
    EXPECT_EQ(action_in("sqs:somethingNew2 on x"), "sqs:somethingNew2"); // as it is said
    EXPECT_EQ(action_in("execute-api:Invoke"), "execute-api:Invoke");
}

TEST(DeniedAction, IsNothingWhereTheMessageNamesNone) {
    for (const auto* message : {"",
                                "Access to the resource https://sqs.eu-west-1.amazonaws.com/ is "
                                "denied.",
                                "sqs:ListQueues",
                                "User: u is not authorized to perform:",
                                "User: u is not authorized to perform: "})
        EXPECT_EQ(read_denied_action(message).name, "") << message;
}

TEST(DeniedAction, IsNothingWhereTheMessageIsStrange) {
    const std::string long_action(65, 'a'), long_prefix(33, 'a');
    for (const std::string& text : {std::string{":"},
                                    std::string{"sqs"},
                                    std::string{"sqs:"},
                                    std::string{"sqs: DeleteMessage"},
                                    std::string{":DeleteMessage"},
                                    std::string{"SQS:DeleteMessage"},
                                    std::string{"sqs:*"},
                                    std::string{"sqs:Delete*"},
                                    std::string{"sqs:Delete\x1b[31m"},
                                    std::string{"sqs:Delete`rm`"},
                                    std::string{"sqs:D\xc3\xa9lete"},
                                    std::string{"sqs:a\0b", 7},
                                    "sqs:" + long_action,
                                    long_prefix + ":DeleteMessage"})
        EXPECT_EQ(action_in(text), "") << text;
    EXPECT_EQ(action_in("sqs:" + long_action.substr(1)), "sqs:" + long_action.substr(1));
}

TEST(DeniedAction, OfAKeyIsKnownByTheCode) {
    diagnostics why;
    why.message = "KMS denied the request.";
    EXPECT_EQ(denied_action_of(why).name, "");
    why.type_code = "KmsAccessDenied";
    EXPECT_EQ(denied_action_of(why).name, "kms:Decrypt");
    why.type_code.clear();
    why.code = "KMS.AccessDeniedException";
    EXPECT_EQ(denied_action_of(why).name, "kms:Decrypt");
    why.message = "x is not authorized to perform: kms:GenerateDataKey on y";
    EXPECT_EQ(denied_action_of(why).name, "kms:GenerateDataKey");
}

} // namespace
} // namespace redrive::flow
