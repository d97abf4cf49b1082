#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace redrive {

/// The status of a message-move task: an open set, since the service may add to it.
class task_status {
  public:
    enum class kind {
        running,    ///< RUNNING: messages move; the only status in which a cancel is accepted
        cancelling, ///< CANCELLING: a cancel was accepted, messages may still move
        cancelled,  ///< CANCELLED: stopped, terminal
        completed,  ///< COMPLETED: finished by itself, terminal
        failed,     ///< FAILED: ended by an error, terminal
        other,      ///< a text that this version does not know; shown as it came
    };

    task_status() = default;
    explicit task_status(std::string_view text);

    [[nodiscard]] kind value() const noexcept { return kind_; }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    /// CANCELLED, COMPLETED or FAILED.
    [[nodiscard]] bool is_terminal() const noexcept {
        return kind_ == kind::cancelled || kind_ == kind::completed || kind_ == kind::failed;
    }
    /// RUNNING or CANCELLING.
    [[nodiscard]] bool is_active() const noexcept {
        return kind_ == kind::running || kind_ == kind::cancelling;
    }

    friend bool operator==(const task_status& a, const task_status& b) noexcept {
        return a.text_ == b.text_;
    }

  private:
    kind kind_ = kind::other;
    std::string text_;
};

/// One entry of ListMessageMoveTasks. All counts are approximate, as the service says.
struct move_task {
    std::string handle; ///< given only while RUNNING (some emulators: always); else empty
    task_status status;
    std::string source_arn;
    std::string destination_arn; ///< empty when it was not given at the start
    std::int64_t moved = 0;
    std::optional<std::int64_t> to_move;  ///< absent until the task has started to move
    std::optional<std::int32_t> max_rate; ///< messages per second; absent: chosen by the service
    std::string failure_reason;           ///< with FAILED only
    std::chrono::sys_time<std::chrono::milliseconds> started{};

    /// Messages that are still to be moved, never below 0; nothing when the total is unknown.
    [[nodiscard]] std::optional<std::int64_t> remaining() const noexcept;

    /// How much harm a second of delay does: remaining messages x rate, unknown rate taken as the
    /// service's maximum, an unknown remainder as the worst. Orders tasks, worst first.
    [[nodiscard]] double damage() const noexcept;
};

/// The fastest rate of a message-move task, in messages per second (StartMessageMoveTask).
inline constexpr std::int32_t fastest_rate = 500;

} // namespace redrive
