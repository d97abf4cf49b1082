#include "redrive/move_task.hpp"

#include <algorithm>
#include <limits>

namespace redrive {

task_status::task_status(std::string_view text) : text_{text} {
    if (text == "RUNNING") {
        kind_ = kind::running;
    } else if (text == "CANCELLING") {
        kind_ = kind::cancelling;
    } else if (text == "CANCELLED") {
        kind_ = kind::cancelled;
    } else if (text == "COMPLETED") {
        kind_ = kind::completed;
    } else if (text == "FAILED") {
        kind_ = kind::failed;
    }
}

std::optional<std::int64_t> move_task::remaining() const noexcept {
    if (!to_move) return std::nullopt;
    // Both are clamped first: the service's numbers are not ours to trust in a subtraction.
    const auto total = std::max<std::int64_t>(0, *to_move);
    return std::max<std::int64_t>(0, total - std::max<std::int64_t>(0, moved));
}

double move_task::damage() const noexcept {
    const double rate = max_rate.value_or(fastest_rate);
    const auto left = remaining();
    if (!left) return std::numeric_limits<double>::max();
    return static_cast<double>(*left) * rate;
}

} // namespace redrive
