#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "redrive/queue_arn.hpp"

namespace redrive {

/// A message-move task's handle, as StartMessageMoveTask and ListMessageMoveTasks return it.
///
/// To the service a handle is opaque. Most are base64 of JSON `{"taskId", "sourceArn"}`; decoding
/// fails soft and what it yields is only a hint of where to send the handle.
class task_handle {
  public:
    /// The longest text that is taken for a handle, in bytes.
    static constexpr std::size_t longest = 4096;

    /// Nothing when `text` is empty, longer than `longest`, or holds anything but printable ASCII
    /// without spaces.
    [[nodiscard]] static std::optional<task_handle> from_text(std::string_view text);

    /// Encodes the usual form of a handle.
    [[nodiscard]] static task_handle make(std::string_view task_id, const queue_arn& source);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    /// The task id that the handle names; empty when it is opaque.
    [[nodiscard]] const std::string& task_id() const noexcept { return task_id_; }

    /// The source queue that the handle names; nothing when it is opaque.
    [[nodiscard]] const std::optional<queue_arn>& source() const noexcept { return source_; }

    /// Two handles are one task when task id and source are equal, or, for opaque ones, the text.
    friend bool operator==(const task_handle& a, const task_handle& b) noexcept {
        if (a.source_ && b.source_) return a.task_id_ == b.task_id_ && a.source_ == b.source_;
        return a.text_ == b.text_;
    }

  private:
    task_handle() = default;

    std::string text_;
    std::string task_id_;
    std::optional<queue_arn> source_;
};

} // namespace redrive
