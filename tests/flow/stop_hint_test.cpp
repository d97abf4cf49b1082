#include "flow/stop_hint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

namespace redrive::flow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

diagnostics refusal(std::string message, std::string code = "AccessDenied") {
    diagnostics why;
    why.message = std::move(message);
    why.code = std::move(code);
    return why;
}

TEST(StopHint, NamesTheActionThatTheServiceRefused) {
    const auto hint = denied_hint(
        service_errc::access_denied,
        refusal("User: arn:aws:iam::123456789012:user/on-call is not authorized to perform: "
                "sqs:receivemessage on resource: arn:aws:sqs:eu-west-1:123456789012:orders-dlq"),
        need::to_cancel);
    EXPECT_EQ(hint,
              "access denied: allow sqs:ReceiveMessage; `redrive iam-policy --for cancel` prints "
              "all that is needed");
}

TEST(StopHint, NamesTheCandidatesWhenTheServiceDoesNot) {
    const auto why = refusal("Access to the resource https://sqs.eu-west-1.amazonaws.com/ is "
                             "denied.");
    EXPECT_THAT(denied_hint(service_errc::access_denied, why, need::to_cancel),
                AllOf(HasSubstr("sqs:CancelMessageMoveTask"),
                      HasSubstr("sqs:ReceiveMessage"),
                      HasSubstr("sqs:DeleteMessage"),
                      HasSubstr("sqs:GetQueueAttributes"),
                      HasSubstr("kms:Decrypt"),
                      HasSubstr("--for cancel`")));
    EXPECT_THAT(denied_hint(service_errc::access_denied, why, need::to_verify),
                AllOf(HasSubstr("sqs:ListMessageMoveTasks and sqs:GetQueueAttributes"),
                      Not(HasSubstr("sqs:ReceiveMessage")),
                      HasSubstr("--for verify`")));
    EXPECT_THAT(permission_hint(why, need::to_search, "prod"),
                AllOf(HasSubstr("give prod sqs:ListQueues, "), HasSubstr("--for list`")));
}

TEST(StopHint, AsksForTheKeyWhenTheKeyWasRefused) {
    EXPECT_EQ(denied_hint(service_errc::access_denied,
                          refusal("KMS denied the request.", "KMS.AccessDeniedException"),
                          need::to_cancel),
              "access denied: allow kms:Decrypt; `redrive iam-policy --for cancel --kms` prints "
              "all that is needed");
}

TEST(StopHint, DoesNotAskToAllowWhatAPolicyDenies) {
    const auto hint = permission_hint(
        refusal("User: u is not authorized to perform: sqs:cancelmessagemovetask on resource: r "
                "with an explicit deny in a service control policy"),
        need::to_cancel);
    EXPECT_THAT(hint,
                AllOf(HasSubstr("denies sqs:CancelMessageMoveTask"),
                      HasSubstr("change that one"),
                      Not(HasSubstr("allow sqs:"))));
}

TEST(StopHint, SaysThatTheOrderWasTakenAndWhyNothingProvesIt) {
    EXPECT_THAT(proof_denied_hint(service_errc::access_denied, {}),
                AllOf(HasSubstr("the order was taken"),
                      HasSubstr("sqs:ListMessageMoveTasks"),
                      HasSubstr("then verify")));
    EXPECT_THAT(proof_denied_hint(service_errc::expired_credentials, {}),
                AllOf(HasSubstr("expired credentials"), Not(HasSubstr("sqs:"))));
}

TEST(StopHint, NamesTheNextStepForEachReasonOfSilence) {
    const std::pair<client_errc, const char*> reasons[] = {
        {client_errc::certificate_rejected, "--ca-bundle"},
        {client_errc::proxy_refused, "HTTPS_PROXY"},
        {client_errc::proxy_failed, "NO_PROXY"},
        {client_errc::resolve_failed, "the DNS"},
        {client_errc::connect_failed, "nothing answers"},
        {client_errc::connect_timeout, "nothing answers"},
        {client_errc::connection_lost, "repeat the run"},
    };
    for (const auto& [ec, fragment] : reasons) {
        EXPECT_THAT(gave_up_hint(outcome::unreachable, ec, {}, need::to_cancel),
                    HasSubstr(fragment));
    }
}

TEST(StopHint, TellsSilentSourcesOfCredentialsFromASilentEndpoint) {
    diagnostics last;
    last.phase = call_phase::credentials;
    EXPECT_THAT(
        gave_up_hint(outcome::unreachable, client_errc::deadline_exceeded, last, need::to_cancel),
        HasSubstr("where the credentials come from did not answer in time, nothing was sent"));
}

TEST(StopHint, TellsTheKindsOfDenialApart) {
    std::set<std::string> texts;
    const error_code denials[] = {service_errc::access_denied,
                                  service_errc::expired_credentials,
                                  service_errc::invalid_credentials,
                                  service_errc::clock_skew,
                                  service_errc::not_enabled,
                                  client_errc::no_credentials,
                                  client_errc::credentials_failed,
                                  client_errc::bad_configuration};
    for (const auto& ec : denials) {
        const auto text = denied_hint(ec, {}, need::to_cancel);
        EXPECT_EQ(gave_up_hint(outcome::denied, ec, {}, need::to_cancel), text);
        texts.insert(text);
    }
    EXPECT_EQ(texts.size(), std::size(denials));
}

TEST(StopHint, SaysWhatTheLastReadingLeavesOpen) {
    EXPECT_NE(unproven_hint(task_status{"RUNNING"}).find("still RUNNING"), std::string_view::npos);
    EXPECT_NE(unproven_hint(task_status{"CANCELLING"}).find("still CANCELLING"),
              std::string_view::npos);
    EXPECT_NE(unproven_hint(task_status{"SOMETHING"}).find("not proven"), std::string_view::npos);
}

TEST(StopHint, HasNothingToSayAboutOutcomesThatSpeakForThemselves) {
    EXPECT_TRUE(gave_up_hint(outcome::skipped, {}, {}, need::to_cancel).empty());
}

} // namespace
} // namespace redrive::flow
