#include "cli/policy_notes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redrive::cli {
namespace {

using flow::policy_use;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string notes_for(policy_use use) {
    flow::policy_scope what;
    what.uses = {use};
    return policy_notes(what);
}

TEST(PolicyNotes, SayWhyAStopNeedsReceiveAndDelete) {
    for (const auto use : {policy_use::cancel, policy_use::start})
        EXPECT_THAT(notes_for(use),
                    AllOf(HasSubstr("sqs:ReceiveMessage and sqs:DeleteMessage"),
                          HasSubstr("never receives or deletes")));
    EXPECT_THAT(notes_for(policy_use::list), Not(HasSubstr("ReceiveMessage")));
}

TEST(PolicyNotes, WarnOfQueuePoliciesAndOfConditionsOnNetworks) {
    for (const auto use : {policy_use::list, policy_use::verify, policy_use::cancel})
        EXPECT_THAT(notes_for(use),
                    AllOf(HasSubstr("One role per account"),
                          HasSubstr("queue policy cannot grant"),
                          HasSubstr("aws:CalledViaLast or aws:ViaAWSService")));
}

TEST(PolicyNotes, TellWhoseTheStatementsAreThatAreNotTheRoles) {
    flow::policy_scope what;
    EXPECT_THAT(policy_notes(what), Not(HasSubstr("two policies")));
    what.lists_accounts = true;
    EXPECT_THAT(policy_notes(what), HasSubstr("two policies"));
}

} // namespace
} // namespace redrive::cli
