#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "redrive/errors.hpp"

namespace redrive::flow {

using std::chrono::milliseconds;

// The standard retry rules of the AWS SDKs, versions 2.0 and 2.1 (2026), in three small classes:
// what went wrong (classify), how long to wait (backoff), whether we may (retry_quota);
// retry_course puts them together for one call.

enum class retry_version : std::uint8_t { v2_0, v2_1 };

struct retry_config {
    retry_version version = retry_version::v2_1;
    std::uint32_t max_attempts = 3; // the first included; 1: never retry
};

enum class transport_failure : std::uint8_t {
    none,
    connect,
    reset,
    read_timeout,
    tls,
    dns,
    certificate
};

// How a call without a reply failed; `none` for what no retry helps with.
[[nodiscard]] transport_failure failure_of(const error_code& ec) noexcept;

// One attempt's result, as the rules see it.
struct attempt_result {
    unsigned status = 0; // 0: no reply
    std::string_view type_code;
    std::string_view legacy_code;
    transport_failure transport = transport_failure::none;
    bool clock_skewed = false; // a skew code and a skew beyond the threshold (flow::clock_skew)
};

enum class retry_class : std::uint8_t { success, not_retryable, transient, timeout, throttling };

[[nodiscard]] retry_class classify(const attempt_result& result) noexcept;

// Full jitter: rand x min(base x 2^(attempt-1), 20 s), then x-amz-retry-after as a bound.
// `random` is in [0, 1]; `attempt` is the 1-based number of the attempt that failed.
[[nodiscard]] milliseconds backoff_delay(retry_version version,
                                         retry_class why,
                                         std::uint32_t attempt,
                                         double random,
                                         std::optional<milliseconds> retry_after) noexcept;

// x-amz-retry-after: a whole number of milliseconds; nothing when invalid or negative.
[[nodiscard]] std::optional<milliseconds> parse_retry_after(std::string_view text) noexcept;

// The budget of retries that all calls of one client share.
class retry_quota {
  public:
    explicit retry_quota(std::size_t capacity = 500) : capacity_{capacity}, available_{capacity} {}
    [[nodiscard]] bool take(std::size_t cost) noexcept; // all or nothing
    void refund(std::size_t amount) noexcept;           // never above the capacity
    [[nodiscard]] std::size_t available() const noexcept { return available_; }

  private:
    std::size_t capacity_;
    std::size_t available_;
};

[[nodiscard]] std::size_t retry_cost(retry_version version, retry_class why) noexcept;

enum class retry_outcome : std::uint8_t { success, retry, not_retryable, max_attempts, quota };

struct retry_decision {
    retry_outcome outcome = retry_outcome::success;
    milliseconds delay{0}; // with `retry`
};

// One call's attempts, judged one after the other.
class retry_course {
  public:
    retry_course(const retry_config& config, retry_quota& quota)
        : config_{config}, quota_{&quota} {}

    [[nodiscard]] std::uint32_t attempt() const noexcept { return attempt_; } // 1-based, current
    [[nodiscard]] std::uint32_t max_attempts() const noexcept { return config_.max_attempts; }
    // The current attempt ended so. With `retry` the next attempt begins.
    [[nodiscard]] retry_decision judge(const attempt_result& result,
                                       double random,
                                       std::optional<milliseconds> retry_after = std::nullopt);

  private:
    retry_config config_;
    retry_quota* quota_;
    std::uint32_t attempt_ = 1;
    std::size_t last_cost_ = 0;
};

} // namespace redrive::flow
