#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace redrive {

/// A queue URL, `https://<host>/<account>/<name>`, split into what routes a call.
///
/// The host is evidence for the region only; requests go to the configured endpoint, never to the
/// URL's host.
struct queue_url {
    std::string text;                  ///< as given
    std::string account;               ///< 12 digits
    std::string name;                  ///< the queue's name
    std::optional<std::string> region; ///< from an `sqs.<region>.<suffix>` or legacy host
};

/// Parses `http(s)://host[:port][/base]/<account>/<name>`; nothing for anything else.
[[nodiscard]] std::optional<queue_url> parse_queue_url(std::string_view text);

} // namespace redrive
