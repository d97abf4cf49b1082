#include "flow/denied_action.hpp"

#include <algorithm>
#include <cstddef>

#include "core/ascii.hpp"

namespace redrive::flow {
namespace {

constexpr std::string_view before_the_action = "not authorized to perform: ";
constexpr std::size_t longest_prefix = 32;
constexpr std::size_t longest_action = 64;

// Every one that a call of ours may need, or that the service checks for it.
constexpr std::string_view well_known[] = {"sqs:CancelMessageMoveTask",
                                           "sqs:DeleteMessage",
                                           "sqs:GetQueueAttributes",
                                           "sqs:GetQueueUrl",
                                           "sqs:ListDeadLetterSourceQueues",
                                           "sqs:ListMessageMoveTasks",
                                           "sqs:ListQueues",
                                           "sqs:ReceiveMessage",
                                           "sqs:SendMessage",
                                           "sqs:StartMessageMoveTask",
                                           "kms:Decrypt",
                                           "kms:GenerateDataKey",
                                           "organizations:ListAccounts",
                                           "sts:AssumeRole"};

bool is_of_prefix(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

// How many characters at the front are of that kind.
template <class Kind>
std::size_t length_of(std::string_view text, Kind kind) noexcept {
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), kind) -
                                    text.begin());
}

// `service:Action` at the front of the text, followed by what ends a word; empty: something else.
std::string_view leading_action(std::string_view text) noexcept {
    const auto prefix = length_of(text, is_of_prefix);
    if (prefix == 0 || prefix > longest_prefix || text.substr(prefix, 1) != ":") return {};
    const auto action = length_of(text.substr(prefix + 1), is_alphanumeric);
    if (action == 0 || action > longest_action) return {};
    const auto end = prefix + 1 + action;
    const bool ends_there =
        end == text.size() || std::string_view{" ,.;'\")\n"}.find(text[end]) != text.npos;
    return ends_there ? text.substr(0, end) : std::string_view{};
}

std::string well_spelled(std::string_view action) {
    for (const auto known : well_known)
        if (lower(known) == lower(action)) return std::string{known};
    return std::string{action};
}

bool is_of_kms(const diagnostics& why) noexcept {
    return why.code.starts_with("KMS.") || why.type_code.starts_with("Kms");
}

} // namespace

denied_action read_denied_action(std::string_view message) {
    const auto at = message.find(before_the_action);
    if (at == message.npos) return {};
    message.remove_prefix(at + before_the_action.size());
    const auto action = leading_action(message);
    if (action.empty()) return {};
    return {well_spelled(action), message.find("explicit deny") != message.npos};
}

denied_action denied_action_of(const diagnostics& why) {
    auto out = read_denied_action(why.message);
    if (out.name.empty() && is_of_kms(why)) out.name = "kms:Decrypt";
    return out;
}

} // namespace redrive::flow
