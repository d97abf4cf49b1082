#pragma once

#include <chrono>
#include <optional>

#include "wire/instant.hpp"

namespace redrive::flow {

// When credentials are replaced. Long before they end, so that no call ever waits: in the
// background, and a failure then changes nothing. So shortly before that a request may arrive too
// late: each call waits for new ones. Figures: botocore and the AWS CRT refresh 5 to 15 minutes
// ahead; aws-config holds its callers up for the last 10 seconds.
class credential_age {
  public:
    enum class state : std::uint8_t {
        fresh,
        aging, // good, but to be replaced in the background
        over,  // nothing may be signed with them
    };

    // `random` in [0, 1) spreads the refreshes of many processes. Nothing: they do not expire.
    void loaded(std::optional<wire::wall_time> usable_until, wire::wall_time now, double random);
    // A refresh failed while they were good: the next one waits for 30 to 60 s.
    void refresh_failed(wire::wall_time now, double random);

    [[nodiscard]] state at(wire::wall_time now) const noexcept;

  private:
    std::optional<wire::wall_time> replace_at_;
    std::optional<wire::wall_time> over_at_;
};

} // namespace redrive::flow
