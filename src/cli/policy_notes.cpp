#include "cli/policy_notes.hpp"

#include <algorithm>
#include <string_view>

namespace redrive::cli {
namespace {

constexpr std::string_view why_receive =
    "sqs:ReceiveMessage and sqs:DeleteMessage: SQS itself checks them before it starts or stops a\n"
    "redrive. redrive never receives or deletes a message.\n";
constexpr std::string_view where =
    "One role per account: for these calls a queue policy cannot grant anything to another\n"
    "account, so attach the policy to a role in each account and assume it.\n";
constexpr std::string_view networks =
    "Conditions on a VPC or an IP address, in this or any other policy of the queue, break\n"
    "redrives, because SQS itself makes the calls that move messages: except those with\n"
    "aws:CalledViaLast or aws:ViaAWSService.\n";
constexpr std::string_view who =
    "Roles and Accounts are for whoever runs redrive, the other statements for the role in each\n"
    "account: make them two policies.\n";

} // namespace

std::string policy_notes(const flow::policy_scope& what) {
    const auto used = [&](flow::policy_use use) {
        return std::find(what.uses.begin(), what.uses.end(), use) != what.uses.end();
    };
    std::string out;
    if (used(flow::policy_use::cancel) || used(flow::policy_use::start)) out += why_receive;
    out.append(where).append(networks);
    if (!what.roles.empty() || what.lists_accounts) out += who;
    return out;
}

} // namespace redrive::cli
