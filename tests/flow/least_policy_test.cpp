#include "flow/least_policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "wire/json_reader.hpp"

namespace redrive::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

const std::vector<policy_use> every_use{
    policy_use::list, policy_use::cancel, policy_use::verify, policy_use::start};

policy_scope only(policy_use use) {
    policy_scope what;
    what.uses = {use};
    return what;
}

// `action on resource` of each action of each statement.
std::set<std::string> grants_of(const policy_scope& what) {
    auto text = least_policy(what);
    text.reserve(text.size() + wire::json_reader::padding);
    wire::json_reader reader;
    const auto policy = reader.parse(text, text.capacity());
    EXPECT_EQ(policy["Version"].text(), "2012-10-17") << text;
    std::set<std::string> out;
    for (const auto statement : policy["Statement"].elements()) {
        EXPECT_EQ(statement["Effect"].text(), "Allow");
        for (const auto action : statement["Action"].elements())
            for (const auto resource : statement["Resource"].elements())
                out.insert(std::string{*action.text()} + " on " + std::string{*resource.text()});
    }
    return out;
}

TEST(LeastPolicy, IsOneLineOfJson) {
    EXPECT_EQ(least_policy(only(policy_use::verify)),
              R"({"Version":"2012-10-17","Statement":[{"Sid":"Redrives","Effect":"Allow",)"
              R"("Action":["sqs:GetQueueAttributes","sqs:GetQueueUrl","sqs:ListMessageMoveTasks"],)"
              R"("Resource":["*"]}]})");
}

TEST(LeastPolicy, GrantsWhatEachUseNeedsAndNothingElse) {
    EXPECT_THAT(grants_of(only(policy_use::list)),
                UnorderedElementsAre("sqs:GetQueueAttributes on *",
                                     "sqs:GetQueueUrl on *",
                                     "sqs:ListMessageMoveTasks on *",
                                     "sqs:ListQueues on *"));
    EXPECT_THAT(grants_of(only(policy_use::cancel)),
                UnorderedElementsAre("sqs:CancelMessageMoveTask on *",
                                     "sqs:DeleteMessage on *",
                                     "sqs:GetQueueAttributes on *",
                                     "sqs:GetQueueUrl on *",
                                     "sqs:ListMessageMoveTasks on *",
                                     "sqs:ListQueues on *",
                                     "sqs:ReceiveMessage on *"));
    EXPECT_THAT(grants_of(only(policy_use::start)),
                UnorderedElementsAre("sqs:DeleteMessage on *",
                                     "sqs:GetQueueAttributes on *",
                                     "sqs:ReceiveMessage on *",
                                     "sqs:SendMessage on *",
                                     "sqs:StartMessageMoveTask on *"));
}

TEST(LeastPolicy, OfSeveralUsesIsTheirSum) {
    std::set<std::string> sum;
    for (const auto use : every_use)
        sum.merge(grants_of(only(use)));
    policy_scope what;
    what.uses = every_use;
    EXPECT_EQ(grants_of(what), sum);
    what.uses.insert(what.uses.end(), every_use.begin(), every_use.end());
    EXPECT_EQ(grants_of(what), sum);
}

TEST(LeastPolicy, NarrowsEverythingButTheSearchToTheQueues) {
    auto what = only(policy_use::list);
    what.queues = {"arn:aws:sqs:*:123456789012:*-dlq", "arn:aws:sqs:eu-west-1:123456789012:q"};
    EXPECT_THAT(
        grants_of(what),
        UnorderedElementsAre("sqs:GetQueueAttributes on arn:aws:sqs:*:123456789012:*-dlq",
                             "sqs:GetQueueAttributes on arn:aws:sqs:eu-west-1:123456789012:q",
                             "sqs:GetQueueUrl on arn:aws:sqs:*:123456789012:*-dlq",
                             "sqs:GetQueueUrl on arn:aws:sqs:eu-west-1:123456789012:q",
                             "sqs:ListMessageMoveTasks on arn:aws:sqs:*:123456789012:*-dlq",
                             "sqs:ListMessageMoveTasks on arn:aws:sqs:eu-west-1:123456789012:q",
                             "sqs:ListQueues on *"));
}

TEST(LeastPolicy, SendsToTheDestinationsOnly) {
    auto what = only(policy_use::start);
    what.queues = {"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"};
    what.destinations = {"arn:aws:sqs:eu-west-1:123456789012:orders"};
    const auto grants = grants_of(what);
    EXPECT_EQ(grants.count("sqs:SendMessage on arn:aws:sqs:eu-west-1:123456789012:orders"), 1u);
    EXPECT_EQ(grants.count("sqs:SendMessage on arn:aws:sqs:eu-west-1:123456789012:orders-dlq"), 0u);
    EXPECT_EQ(grants.count("sqs:DeleteMessage on arn:aws:sqs:eu-west-1:123456789012:orders"), 0u);
}

TEST(LeastPolicy, DecryptsWithTheKeysThatAreNamed) {
    EXPECT_THAT(least_policy(only(policy_use::cancel)), Not(HasSubstr("kms:")));
    auto what = only(policy_use::cancel);
    what.keys = {"arn:aws:kms:eu-west-1:123456789012:key/k"};
    EXPECT_EQ(grants_of(what).count("kms:Decrypt on arn:aws:kms:eu-west-1:123456789012:key/k"), 1u);
    EXPECT_THAT(least_policy(what), Not(HasSubstr("kms:GenerateDataKey")));
    what.uses.push_back(policy_use::start); // what is sent is encrypted
    what.keys = {"*"};
    EXPECT_EQ(grants_of(what).count("kms:Decrypt on *"), 1u);
    EXPECT_EQ(grants_of(what).count("kms:GenerateDataKey on *"), 1u);
}

TEST(LeastPolicy, AssumesRolesAndListsAccountsOnRequest) {
    auto what = only(policy_use::verify);
    const auto before = grants_of(what);
    what.roles = {"arn:*:iam::*:role/stop-redrives"};
    what.lists_accounts = true;
    auto after = grants_of(what);
    EXPECT_EQ(after.erase("sts:AssumeRole on arn:*:iam::*:role/stop-redrives"), 1u);
    EXPECT_EQ(after.erase("organizations:ListAccounts on *"), 1u);
    EXPECT_EQ(after, before);
}

TEST(LeastPolicy, IsShortEnoughForASession) {
    policy_scope what;
    what.uses = every_use;
    what.keys = {"*"};
    what.roles = {"arn:*:iam::*:role/stop-redrives"};
    what.lists_accounts = true;
    EXPECT_LT(least_policy(what).size(), longest_session_policy / 2);
    // With the longest names, still room for some of each.
    const std::string queue =
        "arn:aws-us-gov:sqs:us-gov-west-1:123456789012:" + std::string(80, 'q');
    what.queues = {queue, queue, queue};
    what.destinations = {queue};
    what.keys = {"arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/"
                 "1234abcd-12ab-34cd-56ef-1234567890ab"};
    EXPECT_LE(least_policy(what).size(), longest_session_policy);
}

TEST(LeastPolicy, KeepsWhatItIsGivenInsideItsText) {
    auto what = only(policy_use::verify);
    what.queues = {"a\"],\"Effect\":\"Deny\\"};
    EXPECT_THAT(grants_of(what),
                ::testing::Contains("sqs:GetQueueUrl on a\"],\"Effect\":\"Deny\\"));
}

} // namespace
} // namespace redrive::flow
