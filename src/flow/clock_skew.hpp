#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "wire/http_header.hpp"
#include "wire/instant.hpp"

namespace redrive::flow {

// The difference between the server's clock and ours, healed on every reply that carries a Date
// (AWS SDKs' clock skew correction, 2026).
class clock_skew {
  public:
    using milliseconds = std::chrono::milliseconds;

    clock_skew() = default;
    explicit clock_skew(milliseconds known) : current_{known} {}

    [[nodiscard]] milliseconds current() const noexcept { return current_; }
    void disable() noexcept { enabled_ = false; }

    // A reply arrived to a request sent at `sent` (both uncorrected local time). Records the skew
    // when the reply allows it; returns the candidate.
    std::optional<milliseconds> replied(wire::wall_time sent,
                                        wire::wall_time received,
                                        const wire::http_headers& headers);

    // Whether an error with one of these codes is due to our clock: a skew code, and more than
    // 4 minutes off.
    [[nodiscard]] bool explains(std::string_view type_code,
                                std::string_view legacy_code,
                                std::optional<milliseconds> candidate) const noexcept;

  private:
    milliseconds current_{0};
    bool enabled_ = true;
};

} // namespace redrive::flow
