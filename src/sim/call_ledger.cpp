#include "sim/call_ledger.hpp"

#include <algorithm>

namespace redrive::sim {
namespace {

constexpr std::string_view harmless[] = {
    "ListMessageMoveTasks",
    "CancelMessageMoveTask",
    "ListQueues",
    "GetQueueUrl",
    "GetQueueAttributes",
    "ListDeadLetterSourceQueues",
    "GetCallerIdentity",
    "AssumeRole",
    "AssumeRoleWithWebIdentity",
    "ListAccounts",
};

// Of SQS, STS and Organizations.
constexpr std::string_view throttles[] = {
    "RequestThrottled", "Throttling", "TooManyRequestsException"};

} // namespace

void call_ledger::record(std::string_view operation,
                         std::string_view account,
                         std::string_view region,
                         std::string_view result) {
    key_.assign(operation).append("/").append(account).append("/").append(region);
    key_.append("/").append(result);
    auto found = calls_.find(key_);
    if (found == calls_.end()) {
        call first{std::string{operation},
                   std::string{account},
                   std::string{region},
                   std::string{result},
                   0};
        found = calls_.emplace(key_, std::move(first)).first;
        if (std::ranges::find(harmless, operation) == std::end(harmless))
            forbidden_.emplace(operation);
    }
    ++found->second.count;
    if (std::ranges::find(throttles, result) != std::end(throttles)) ++throttled_;
}

void call_ledger::reset() {
    const auto open = connections.open;
    *this = call_ledger{};
    connections.open = open;
}

} // namespace redrive::sim
