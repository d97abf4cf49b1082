#pragma once

#include <map>
#include <string>
#include <string_view>

#include "sim/pace.hpp"

namespace redrive::sim {

// Token buckets, one per account, region and operation that has a limit: capacity one second of the
// rate, at least one call, full at the start.
class throttle {
  public:
    // Reads `CancelMessageMoveTask=50/s`; `*` limits every operation that has no limit of its own.
    // Throws std::invalid_argument with a text for the user.
    void add(std::string_view limit);

    [[nodiscard]] bool admits(std::string_view operation,
                              std::string_view account,
                              std::string_view region,
                              wall_time now);

    void refill() { buckets_.clear(); }

  private:
    struct bucket {
        double tokens;
        wall_time filled;
    };

    std::map<std::string, double, std::less<>> rates_;
    std::map<std::string, bucket, std::less<>> buckets_;
    std::string key_; // kept for its memory
};

} // namespace redrive::sim
