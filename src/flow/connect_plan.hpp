#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace redrive::flow {

struct connect_timing {
    std::chrono::milliseconds stagger{250}; // RFC 8305 section 5
    std::chrono::milliseconds limit{3100};  // of each address
};

// An address of a host, as far as the order of attempts depends on it.
struct connect_candidate {
    enum class family : std::uint8_t { v4, v6 };
    family kind = family::v4;
    bool failed_lately = false;
};

// Happy Eyeballs (RFC 8305): in which order and when the addresses of a host are tried. The
// families alternate, beginning with the resolver's first choice; addresses that failed lately come
// last. The next attempt begins when the last one is 250 ms old, or at once when it failed.
class connect_plan {
  public:
    using time = std::chrono::steady_clock::time_point;

    connect_plan(const std::vector<connect_candidate>& addresses, connect_timing timing);

    // The address to try now, at most one for each call; it counts as started.
    [[nodiscard]] std::optional<std::size_t> to_start(time now);
    // An attempt that has lasted too long; it counts as failed.
    [[nodiscard]] std::optional<std::size_t> to_give_up(time now);
    void failed(std::size_t address, time now);

    // When to ask again while nothing happens. Nothing: no attempt is under way or left.
    [[nodiscard]] std::optional<time> next_event() const;
    [[nodiscard]] bool exhausted() const noexcept;

  private:
    struct attempt {
        std::size_t address;
        time since;
    };

    connect_timing timing_;
    std::vector<std::size_t> order_; // what is left, the next one at the end
    std::vector<attempt> under_way_; // the oldest first
    time next_start_{};
};

} // namespace redrive::flow
