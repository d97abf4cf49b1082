#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "redrive/queue_arn.hpp"
#include "sim/pace.hpp"

namespace redrive::sim {

enum class task_phase : std::uint8_t {
    running,    // messages move at the task's rate; the only phase that a cancel leaves
    cancelling, // ordered to stop; messages in flight still move
    cancelled,  // the dwell is over
    completed,  // everything was moved
    failed,     // a queue was deleted, or a message had nowhere to go
};

// "RUNNING"
[[nodiscard]] std::string_view to_string(task_phase value) noexcept;

// What a task is told when it starts.
struct task_terms {
    std::string task_id;
    queue_arn source;
    std::string destination_arn; // empty: back to where each message came from
    std::optional<std::int32_t> max_rate;
    std::int64_t to_move = 0;
    // How many can be moved before a message is met that has nowhere to go; unset: all of them.
    std::optional<std::int64_t> fails_after;
    wall_time started;
};

// One message-move task. Nothing ticks: every answer is computed from the rate and the time.
class moving_task {
  public:
    moving_task(task_terms terms, const pace& tempo);

    [[nodiscard]] const task_terms& terms() const noexcept { return terms_; }
    [[nodiscard]] const std::string& handle() const noexcept { return handle_; }
    [[nodiscard]] const std::string& failure_reason() const noexcept { return failure_reason_; }

    [[nodiscard]] task_phase phase(wall_time now) const noexcept;
    [[nodiscard]] bool is_active(wall_time now) const noexcept;
    // The truth.
    [[nodiscard]] std::int64_t moved(wall_time now) const noexcept;
    // What the service says: while CANCELLING it still says what it said at the order.
    [[nodiscard]] std::int64_t listed_moved(wall_time now) const noexcept;
    [[nodiscard]] std::int64_t moved_after_order(wall_time now) const noexcept;
    [[nodiscard]] std::optional<wall_time> ordered_at() const noexcept { return ordered_at_; }
    [[nodiscard]] std::optional<wall_time> ended_at(wall_time now) const noexcept;

    // Only while running.
    void cancel(wall_time now);
    // Only while active.
    void fail(wall_time now, std::string reason);

    // How many moves the queues have seen so far; kept by whoever carries the messages.
    std::int64_t carried = 0;

  private:
    [[nodiscard]] std::int64_t last_message() const noexcept;
    [[nodiscard]] std::int64_t moved_running(wall_time now) const noexcept;
    [[nodiscard]] wall_time end_of_run() const noexcept;

    task_terms terms_;
    pace pace_;
    double rate_;
    std::string handle_;
    std::optional<wall_time> ordered_at_;
    std::optional<wall_time> failed_at_;
    std::string failure_reason_;
};

} // namespace redrive::sim
