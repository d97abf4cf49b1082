#pragma once

#include <cstdint>
#include <limits>

#include "redrive/observer.hpp"

namespace redrive::bench {

// Counts the attempts that the service throttled, also those that were tried again.
class throttle_counter final : public call_observer {
  public:
    void attempt_ended(const attempt_record& what) override {
        if (what.ec == service_errc::throttled && what.call > before_) ++throttled_;
    }

    // Those of the first so many calls do not count; until this is said, none does.
    void leave_out(std::uint64_t calls) noexcept { before_ = calls; }
    [[nodiscard]] std::uint64_t throttled() const noexcept { return throttled_; }

  private:
    std::uint64_t before_ = std::numeric_limits<std::uint64_t>::max(), throttled_ = 0;
};

} // namespace redrive::bench
