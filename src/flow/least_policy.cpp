#include "flow/least_policy.hpp"

#include <algorithm>
#include <span>
#include <string_view>

#include "wire/json_writer.hpp"

namespace redrive::flow {
namespace {

constexpr unsigned in(policy_use use) noexcept {
    return 1U << static_cast<unsigned>(use);
}

constexpr unsigned list = in(policy_use::list), cancel = in(policy_use::cancel),
                   verify = in(policy_use::verify), start = in(policy_use::start);

struct right {
    std::string_view action;
    unsigned uses; // that need it
};

// The service checks Receive, Delete and GetQueueAttributes itself before it starts or stops a
// redrive, and GetQueueAttributes before it lists them. GetQueueUrl tells whose queue a name is.
constexpr right on_queues[] = {
    {"sqs:CancelMessageMoveTask", cancel},
    {"sqs:DeleteMessage", cancel | start},
    {"sqs:GetQueueAttributes", list | cancel | verify | start},
    {"sqs:GetQueueUrl", list | cancel | verify},
    {"sqs:ListMessageMoveTasks", list | cancel | verify},
    {"sqs:ReceiveMessage", cancel | start},
    {"sqs:StartMessageMoveTask", start},
};
constexpr right on_destinations[] = {{"sqs:SendMessage", start}};
// The search; it has no resource of its own.
constexpr right on_accounts[] = {{"sqs:ListQueues", list | cancel}};
constexpr unsigned any_use = ~0U;
constexpr right on_keys[] = {{"kms:Decrypt", any_use}, {"kms:GenerateDataKey", start}};
constexpr right on_roles[] = {{"sts:AssumeRole", any_use}};
constexpr right on_the_organization[] = {{"organizations:ListAccounts", any_use}};

class policy_writer {
  public:
    policy_writer(std::string& out, const std::vector<policy_use>& uses) : json_{out} {
        for (const auto use : uses)
            uses_ |= in(use);
        json_.begin_object();
        json_.text_member("Version", "2012-10-17");
        json_.key("Statement");
        json_.begin_array();
    }

    void allow(std::string_view name,
               std::span<const right> rights,
               const std::vector<std::string>& resources) {
        const auto needed = [&](const right& each) { return (each.uses & uses_) != 0; };
        if (resources.empty() || std::none_of(rights.begin(), rights.end(), needed)) return;
        json_.begin_object();
        json_.text_member("Sid", name);
        json_.text_member("Effect", "Allow");
        json_.key("Action");
        json_.begin_array();
        for (const auto& each : rights)
            if (needed(each)) json_.text(each.action);
        json_.end_array();
        json_.key("Resource");
        json_.begin_array();
        for (const auto& each : resources)
            json_.text(each);
        json_.end_array();
        json_.end_object();
    }

    void end() {
        json_.end_array();
        json_.end_object();
    }

  private:
    wire::json_writer json_;
    unsigned uses_ = 0;
};

} // namespace

std::string least_policy(const policy_scope& what) {
    static const std::vector<std::string> everything{"*"};
    std::string out;
    policy_writer policy{out, what.uses};
    policy.allow("Redrives", on_queues, what.queues);
    policy.allow("Destinations", on_destinations, what.destinations);
    policy.allow("Search", on_accounts, everything);
    policy.allow("Keys", on_keys, what.keys);
    policy.allow("Roles", on_roles, what.roles);
    if (what.lists_accounts) policy.allow("Accounts", on_the_organization, everything);
    policy.end();
    return out;
}

} // namespace redrive::flow
