#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "flow/admission.hpp"

namespace redrive::flow {

// How long a target waits for an endpoint that is silent, or a service that throttles, when the run
// has no deadline. Shared by all targets of one account and region.
class patience {
  public:
    using time = std::chrono::steady_clock::time_point;

    struct limits {
        std::chrono::seconds silence{60};       // without any reply
        std::uint32_t attempts_never_heard = 3; // when no reply ever came
        std::chrono::seconds throttled{300};    // without one admitted call of the operation
    };

    enum class verdict : std::uint8_t { go_on, unreachable, throttled };

    patience() = default;
    explicit patience(limits bounds) : limits_{bounds} {}

    void admitted(call_purpose what, time now);  // a reply other than a throttle
    void throttled(call_purpose what, time now); // a reply all the same
    void silent(time now);                       // no reply: refused, lost, timed out

    // For a target that has wanted this kind of call since `since`.
    [[nodiscard]] verdict judge(call_purpose what, time since, time now) const;
    // The last reply to this kind of call was a throttle: whoever waits for it waits for that.
    [[nodiscard]] bool is_throttled(call_purpose what) const noexcept {
        return is_throttled_[operation_of(what)];
    }

  private:
    [[nodiscard]] static std::size_t operation_of(call_purpose what) noexcept;

    limits limits_;
    std::optional<time> last_reply_;
    std::uint32_t failures_in_a_row_ = 0;
    std::array<std::optional<time>, 3> last_admitted_; // by operation
    std::array<bool, 3> is_throttled_{};               // the last reply was a throttle
};

} // namespace redrive::flow
