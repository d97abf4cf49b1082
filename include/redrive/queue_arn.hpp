#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace redrive {

/// The ARN of an SQS queue, `arn:<partition>:sqs:<region>:<account>:<name>`, split into its parts.
struct queue_arn {
    std::string partition; ///< such as `aws`, `aws-cn`, `aws-us-gov`
    std::string region;    ///< a valid host label, such as `eu-west-1`
    std::string account;   ///< 12 digits
    std::string name;      ///< 1 to 80 of `[A-Za-z0-9_-]`, a FIFO queue's name ends in `.fifo`

    friend auto operator<=>(const queue_arn&, const queue_arn&) = default;
};

/// Parses and validates a queue ARN; nothing for anything else.
[[nodiscard]] std::optional<queue_arn> parse_queue_arn(std::string_view text);

[[nodiscard]] std::string to_string(const queue_arn& arn);

/// Whether `text` is a queue name that SQS accepts: up to 80 characters, `.fifo` included.
[[nodiscard]] bool is_queue_name(std::string_view text) noexcept;

/// Whether `text` is 12 digits.
[[nodiscard]] bool is_account_id(std::string_view text) noexcept;

/// Whether `text` may stand in a host name as one label: 1 to 63 letters, digits and inner hyphens,
/// not digits alone. Everything that becomes part of a host name is checked with this first.
[[nodiscard]] bool is_region_name(std::string_view text) noexcept;

} // namespace redrive
