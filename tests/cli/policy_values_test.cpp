#include "cli/policy_values.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "cli/usage_error.hpp"

namespace redrive::cli {
namespace {

using flow::policy_use;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string refusal(const std::function<void()>& read) {
    try {
        read();
    } catch (const usage_error& bad) {
        return bad.what();
    }
    return "accepted";
}

TEST(PolicyValues, ReadsVerbsInListsAndEachOnce) {
    EXPECT_THAT(read_policy_uses({"cancel"}), ElementsAre(policy_use::cancel));
    EXPECT_THAT(
        read_policy_uses({"verify,list", "start", "list,cancel"}),
        ElementsAre(policy_use::verify, policy_use::list, policy_use::start, policy_use::cancel));
}

TEST(PolicyValues, SuggestsTheVerbThatWasMeant) {
    EXPECT_EQ(refusal([] { (void)read_policy_uses({"list,cancle"}); }),
              "--for: 'cancle' is not one of list, cancel, verify, start; did you mean cancel?");
    EXPECT_THAT(refusal([] { (void)read_policy_uses({"list,"}); }), HasSubstr("'' is not one of"));
    EXPECT_THAT(refusal([] { (void)read_policy_uses({"\x1b[31m"}); }),
                HasSubstr(R"('\x1b[31m' is not one of)"));
}

TEST(PolicyValues, TakesQueuesAndKeysByPattern) {
    const std::string queue = "arn:aws:sqs:*:123456789012:*-dlq";
    EXPECT_THAT(read_queue_patterns("--queue", {queue, queue}), ElementsAre(queue));
    EXPECT_THAT(refusal([] { (void)read_queue_patterns("--queue", {"orders-dlq"}); }),
                HasSubstr("--queue: 'orders-dlq' is not a queue ARN"));
    const std::string key = "arn:aws:kms:eu-west-1:123456789012:key/*";
    EXPECT_THAT(read_key_patterns({key}), ElementsAre(key));
    EXPECT_THAT(refusal([&] { (void)read_key_patterns({queue}); }), HasSubstr("--kms-key"));
}

TEST(PolicyValues, TakesARoleByItsNameOrItsArn) {
    EXPECT_THAT(read_role_patterns({"stop-redrives"}),
                ElementsAre("arn:*:iam::*:role/stop-redrives"));
    EXPECT_THAT(read_role_patterns({"arn:aws-cn:iam::{account}:role/ops/stop"}),
                ElementsAre("arn:aws-cn:iam::*:role/ops/stop"));
    EXPECT_THAT(read_role_patterns({"arn:aws:iam::123456789012:role/stop"}),
                ElementsAre("arn:aws:iam::123456789012:role/stop"));
    for (const auto* role : {"", "a role", "arn:aws:iam::{account}:user/x", "{account}", "r{"})
        EXPECT_THAT(refusal([&] { (void)read_role_patterns({role}); }), HasSubstr("--assume-role"))
            << role;
}

} // namespace
} // namespace redrive::cli
