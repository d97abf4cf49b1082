#include "flow/retry.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "wire/error_reply.hpp"

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds longest_backoff = 20s;
constexpr milliseconds longest_extension = 5s; // by x-amz-retry-after, from version 2.1 on
constexpr std::size_t unretried_refund = 1;

bool is_success(const attempt_result& result) noexcept {
    return result.status >= 200 && result.status < 300 &&
           result.transport == transport_failure::none;
}

bool is_transient_status(unsigned status) noexcept {
    return status == 500 || status == 502 || status == 503 || status == 504;
}

retry_class classify_transport(transport_failure failure) noexcept {
    switch (failure) {
    case transport_failure::none: return retry_class::not_retryable;
    case transport_failure::connect: return retry_class::transient;
    case transport_failure::reset: return retry_class::transient;
    case transport_failure::read_timeout: return retry_class::timeout;
    case transport_failure::tls: return retry_class::transient;
    case transport_failure::dns: return retry_class::transient;
    case transport_failure::certificate: return retry_class::not_retryable;
    }
    return retry_class::not_retryable;
}

milliseconds base_delay(retry_version version, retry_class why) noexcept {
    const bool quick = version == retry_version::v2_1 && why != retry_class::throttling;
    return quick ? 50ms : 1000ms;
}

milliseconds jittered(milliseconds base, std::uint32_t attempt, double random) noexcept {
    // 2^20 times the smallest base is far beyond the cap, and far from overflow.
    const auto doublings = std::clamp<std::uint32_t>(attempt, 1, 20) - 1;
    const auto bound = std::min(base * (std::int64_t{1} << doublings), longest_backoff);
    const auto share = std::clamp(random, 0.0, 1.0);
    return milliseconds{std::llround(share * static_cast<double>(bound.count()))};
}

} // namespace

transport_failure failure_of(const error_code& ec) noexcept {
    if (ec == client_errc::resolve_failed) return transport_failure::dns;
    if (ec == client_errc::connect_failed || ec == client_errc::connect_timeout ||
        ec == client_errc::proxy_failed)
        return transport_failure::connect;
    if (ec == client_errc::certificate_rejected) return transport_failure::certificate;
    if (ec == client_errc::tls_failed || ec == client_errc::tls_timeout)
        return transport_failure::tls;
    if (ec == client_errc::read_timeout) return transport_failure::read_timeout;
    if (ec == client_errc::connection_lost) return transport_failure::reset;
    return transport_failure::none; // refused by a proxy, malformed, too large: no retry
                                    // helps
}

retry_class classify(const attempt_result& result) noexcept {
    if (is_success(result)) return retry_class::success;
    for (const auto code : {result.type_code, result.legacy_code}) {
        if (wire::is_throttling_code(code)) return retry_class::throttling;
    }
    for (const auto code : {result.type_code, result.legacy_code}) {
        if (wire::is_transient_code(code)) return retry_class::transient;
    }
    if (result.clock_skewed || is_transient_status(result.status)) return retry_class::transient;
    return classify_transport(result.transport);
}

milliseconds backoff_delay(retry_version version,
                           retry_class why,
                           std::uint32_t attempt,
                           double random,
                           std::optional<milliseconds> retry_after) noexcept {
    const auto own = jittered(base_delay(version, why), attempt, random);
    if (!retry_after || *retry_after < 0ms) return own;
    // Version 2.0 obeys the service up to the cap (AWS SDK for Rust); 2.1 keeps it near its own.
    if (version == retry_version::v2_0) return std::min(*retry_after, longest_backoff);
    return std::clamp(*retry_after, own, own + longest_extension);
}

std::optional<milliseconds> parse_retry_after(std::string_view text) noexcept {
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || value < 0) return std::nullopt;
    return milliseconds{value};
}

bool retry_quota::take(std::size_t cost) noexcept {
    if (cost > available_) return false;
    available_ -= cost;
    return true;
}

void retry_quota::refund(std::size_t amount) noexcept {
    available_ += std::min(amount, capacity_ - available_);
}

std::size_t retry_cost(retry_version version, retry_class why) noexcept {
    switch (why) {
    case retry_class::success: return 0;
    case retry_class::not_retryable: return 0;
    case retry_class::transient: return version == retry_version::v2_0 ? 5 : 14;
    case retry_class::timeout: return version == retry_version::v2_0 ? 10 : 14;
    case retry_class::throttling: return 5;
    }
    return 0;
}

retry_decision retry_course::judge(const attempt_result& result,
                                   double random,
                                   std::optional<milliseconds> retry_after) {
    const auto why = classify(result);
    if (why == retry_class::success) {
        quota_->refund(attempt_ == 1 ? unretried_refund : last_cost_);
        return {retry_outcome::success};
    }
    if (why == retry_class::not_retryable) return {retry_outcome::not_retryable};
    // Before the quota: a failure that ends the call costs nothing.
    if (attempt_ >= config_.max_attempts) return {retry_outcome::max_attempts};
    const auto cost = retry_cost(config_.version, why);
    if (!quota_->take(cost)) return {retry_outcome::quota};
    last_cost_ = cost;
    const auto failed = attempt_++;
    return {retry_outcome::retry, backoff_delay(config_.version, why, failed, random, retry_after)};
}

} // namespace redrive::flow
