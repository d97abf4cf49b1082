#include "sim/moving_task.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "redrive/move_task.hpp"
#include "redrive/task_handle.hpp"

namespace redrive::sim {

std::string_view to_string(task_phase value) noexcept {
    switch (value) {
    case task_phase::running: return "RUNNING";
    case task_phase::cancelling: return "CANCELLING";
    case task_phase::cancelled: return "CANCELLED";
    case task_phase::completed: return "COMPLETED";
    case task_phase::failed: return "FAILED";
    }
    return "";
}

moving_task::moving_task(task_terms terms, const pace& tempo)
    : terms_{std::move(terms)}, pace_{tempo}, rate_{double(terms_.max_rate.value_or(fastest_rate))},
      handle_{task_handle::make(terms_.task_id, terms_.source).text()} {
    if (terms_.fails_after) failure_reason_ = "CouldNotDetermineMessageSource";
}

std::int64_t moving_task::last_message() const noexcept {
    return std::min(terms_.to_move, terms_.fails_after.value_or(terms_.to_move));
}

std::int64_t moving_task::moved_running(wall_time now) const noexcept {
    const double moved = pace_.elapsed(terms_.started, now) * rate_;
    return moved >= double(last_message()) ? last_message() : std::int64_t(moved);
}

std::int64_t moving_task::moved(wall_time now) const noexcept {
    if (failed_at_) now = std::min(now, *failed_at_);
    if (!ordered_at_) return moved_running(now);
    const auto dwell = pace_.lasting(pace_.dwell);
    const auto since = std::clamp(now - *ordered_at_, milliseconds{0}, dwell);
    const double share = dwell.count() == 0 ? 1.0 : double(since.count()) / double(dwell.count());
    const double late = rate_ * std::chrono::duration<double>(pace_.drift).count() * share;
    return std::min(last_message(), moved_running(*ordered_at_) + std::int64_t(late));
}

std::int64_t moving_task::listed_moved(wall_time now) const noexcept {
    return phase(now) == task_phase::cancelling ? moved_running(*ordered_at_) : moved(now);
}

std::int64_t moving_task::moved_after_order(wall_time now) const noexcept {
    return ordered_at_ ? moved(now) - moved_running(*ordered_at_) : 0;
}

task_phase moving_task::phase(wall_time now) const noexcept {
    if (failed_at_) return task_phase::failed;
    if (ordered_at_)
        return now < *ordered_at_ + pace_.lasting(pace_.dwell) ? task_phase::cancelling
                                                               : task_phase::cancelled;
    if (moved_running(now) < last_message()) return task_phase::running;
    return terms_.fails_after ? task_phase::failed : task_phase::completed;
}

bool moving_task::is_active(wall_time now) const noexcept {
    const auto current = phase(now);
    return current == task_phase::running || current == task_phase::cancelling;
}

wall_time moving_task::end_of_run() const noexcept {
    const double seconds = double(last_message()) / rate_ / pace_.time_scale;
    return terms_.started + milliseconds{std::llround(std::ceil(seconds * 1000))};
}

std::optional<wall_time> moving_task::ended_at(wall_time now) const noexcept {
    if (is_active(now)) return std::nullopt;
    if (failed_at_) return failed_at_;
    if (ordered_at_) return *ordered_at_ + pace_.lasting(pace_.dwell);
    return end_of_run();
}

void moving_task::cancel(wall_time now) {
    ordered_at_ = now;
}

void moving_task::fail(wall_time now, std::string reason) {
    failed_at_ = now;
    failure_reason_ = std::move(reason);
}

} // namespace redrive::sim
