#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "auth/source_context.hpp"
#include "flow/retry.hpp"
#include "wire/error_reply.hpp"

namespace redrive::auth {

// How one request of a source may be repeated.
struct fetch_plan {
    std::uint32_t most_attempts = 3;
    fetch_rules rules = {};
    std::function<wire::web_request()> make; // called for each attempt: signatures carry a time
    std::function<flow::retry_class(const net::fetched&)> judge;
    std::optional<time_source::steady_time> last_start = {}; // no further attempt begins after that
};

// Full jitter between attempts, as the standard retry rules want it. What is returned is the last
// attempt's.
[[nodiscard]] boost::asio::awaitable<net::fetched> fetch_with_retries(const source_context& context,
                                                                      fetch_plan plan);

// By status and transport alone: lost connections and 5xx are worth another attempt.
[[nodiscard]] flow::retry_class class_of_reply(const net::fetched& what) noexcept;

// By the service's code, too: throttled calls are worth another attempt.
[[nodiscard]] flow::retry_class class_of_error(const wire::service_error& error) noexcept;
// Of a service that tells of its errors in JSON.
[[nodiscard]] flow::retry_class class_of_json_reply(const net::fetched& what);

[[nodiscard]] bool is_success(const net::fetched& what) noexcept;

// Why a fetch gave nothing: "STS in eu-west-1 cannot be reached: connecting timed out", or "STS in
// eu-west-1 answered 500". `whom` is what people call the service.
[[nodiscard]] std::string why_it_failed(const net::fetched& what, std::string_view whom);

} // namespace redrive::auth
