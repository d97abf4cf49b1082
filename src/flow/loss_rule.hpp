#pragma once

#include <cstdint>

#include "flow/pipeline.hpp"

namespace redrive::flow {

// A call whose connection was lost: does it go out again on another one by itself, or is its owner
// told, whose retry rules then decide?
struct lost_call_view {
    loss_fate fate = loss_fate::never_sent;
    bool was_due = false;   // the reply that did not come was its own
    bool stale = false;     // an idle connection was reused and closed before one byte came back
    bool announced = false; // the server had said `Connection: close`: no fault of anyone
    bool safe_to_resend = true;
    std::uint32_t free_resends = 0; // that this call has had
};

enum class loss_verdict : std::uint8_t {
    resend, // at once, free of the retry quota
    report,
};

inline constexpr std::uint32_t most_free_resends = 4;

[[nodiscard]] loss_verdict judge_loss(const lost_call_view& view) noexcept;

} // namespace redrive::flow
