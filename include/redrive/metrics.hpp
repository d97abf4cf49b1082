#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "redrive/endpoint_metrics.hpp"
#include "redrive/observer.hpp"

namespace redrive {

/// Durations, counted in buckets whose bounds double from 0.1 ms on; the last has none.
class latency_histogram {
  public:
    using duration = std::chrono::steady_clock::duration;

    static constexpr std::size_t buckets = 21; ///< the last but one ends at about 52 s

    void add(duration span) noexcept;
    /// The upper bound of a bucket; duration::max() of the last.
    [[nodiscard]] static duration bound(std::size_t bucket) noexcept;

    std::array<std::uint64_t, buckets> counts{};
    std::uint64_t count = 0;
    duration sum{};
};

/// What became of the calls of one operation, since the collector was made.
struct operation_metrics {
    std::uint64_t calls = 0;  ///< that ended
    std::uint64_t failed = 0; ///< of them, with an error
    std::uint64_t attempts = 0;
    std::uint64_t throttled = 0; ///< attempts
    std::uint64_t resent = 0;    ///< requests sent again for free after a lost connection
    std::map<std::string, std::uint64_t>
        retries;               ///< by cause: throttled, service, lost, clock, ...
    latency_histogram total;   ///< of calls, from initiation to end
    latency_histogram queue;   ///< of attempts, until the request was handed to a connection
    latency_histogram service; ///< from there to the reply
    latency_histogram backoff; ///< pauses before another attempt
};

/// An observer that counts. Give it to one client, several, or a fleet, all on one executor.
class metrics_collector final : public call_observer {
  public:
    void attempt_ended(const attempt_record& what) override;
    void call_ended(const call_record& what) override;

    [[nodiscard]] const std::map<std::string, operation_metrics, std::less<>>& operations()
        const noexcept {
        return operations_;
    }

  private:
    [[nodiscard]] operation_metrics& of(std::string_view operation);

    std::map<std::string, operation_metrics, std::less<>> operations_;
};

/// Both in the text format of Prometheus (version 0.0.4), durations in seconds. Endpoints come from
/// client::endpoints() or fleet::endpoints().
[[nodiscard]] std::string to_prometheus(const metrics_collector& calls,
                                        const std::vector<endpoint_metrics>& endpoints);

} // namespace redrive
