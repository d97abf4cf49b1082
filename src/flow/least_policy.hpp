#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace redrive::flow {

// What the holder of a policy is to do.
enum class policy_use : std::uint8_t {
    list,   // find redrives
    cancel, // find them, stop them, and prove it
    verify, // read given ones until they are over
    start,  // start one
};

// How far it reaches. Resources are ARNs, in which `*` and `?` may stand; `*` alone is all of them.
struct policy_scope {
    std::vector<policy_use> uses;
    std::vector<std::string> queues{"*"};       // that redrives move from
    std::vector<std::string> destinations{"*"}; // that a started one moves to
    std::vector<std::string> keys{};            // of KMS, of encrypted queues; none: no such right
    std::vector<std::string> roles{};           // to be assumed; none: no such right
    bool lists_accounts = false;                // of the organization
};

// Of the policy that AssumeRole takes with it (STS, AssumeRole: Policy).
inline constexpr std::size_t longest_session_policy = 2048;

// The IAM policy, as JSON without blanks, that grants what the calls of these uses need, and what
// the service checks beside them (service authorization reference of SQS), and nothing else.
[[nodiscard]] std::string least_policy(const policy_scope& what);

} // namespace redrive::flow
