#include "cli/policy_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "cli/arn_pattern.hpp"
#include "cli/choice.hpp"
#include "cli/comma_lists.hpp"
#include "cli/text_escape.hpp"
#include "cli/usage_error.hpp"

namespace redrive::cli {
namespace {

using flow::policy_use;

constexpr std::array<choice<policy_use>, 4> policy_uses{{{"list", policy_use::list},
                                                         {"cancel", policy_use::cancel},
                                                         {"verify", policy_use::verify},
                                                         {"start", policy_use::start}}};

template <class Value>
void add_once(std::vector<Value>& values, Value value) {
    if (std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(std::move(value));
}

// The ARN that each text stands for; nothing: none.
template <class ArnOf>
std::vector<std::string> read_each(std::string_view option,
                                   std::string_view expected,
                                   const std::vector<std::string>& texts,
                                   ArnOf arn_of) {
    std::vector<std::string> out;
    for (const auto& text : texts) {
        auto arn = arn_of(text);
        if (arn.empty())
            throw usage_error{fmt::format("{}: '{}' is not {}", option, escaped(text), expected)};
        add_once(out, std::move(arn));
    }
    return out;
}

std::string role_pattern(const std::string& text) {
    static constexpr std::string_view placeholder = "{account}";
    const bool is_name = text.find(':') == std::string::npos;
    auto arn = is_name ? "arn:*:iam::*:role/" + text : text;
    if (const auto at = arn.find(placeholder); !is_name && at != std::string::npos)
        arn.replace(at, placeholder.size(), "*");
    return is_arn_pattern(arn, "iam", "role/") ? arn : std::string{};
}

} // namespace

std::vector<policy_use> read_policy_uses(const std::vector<std::string>& lists) {
    std::vector<policy_use> uses;
    for (const auto text : elements_of(lists))
        add_once(uses, read_choice("--for", text, policy_uses));
    return uses;
}

std::vector<std::string> read_queue_patterns(std::string_view option,
                                             const std::vector<std::string>& arns) {
    return read_each(option,
                     "a queue ARN such as arn:aws:sqs:eu-west-1:123456789012:*-dlq",
                     arns,
                     [](const std::string& text) {
                         return is_arn_pattern(text, "sqs", "") ? text : std::string{};
                     });
}

std::vector<std::string> read_key_patterns(const std::vector<std::string>& arns) {
    return read_each("--kms-key",
                     "the ARN of a KMS key such as arn:aws:kms:eu-west-1:123456789012:key/ID",
                     arns,
                     [](const std::string& text) {
                         return is_arn_pattern(text, "kms", "key/") ? text : std::string{};
                     });
}

std::vector<std::string> read_role_patterns(const std::vector<std::string>& roles) {
    return read_each("--assume-role",
                     "the name of a role, or an ARN such as arn:aws:iam::{account}:role/NAME",
                     roles,
                     role_pattern);
}

} // namespace redrive::cli
