#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "redrive/queue_arn.hpp"

namespace redrive {

/// A message-move task's handle, as StartMessageMoveTask and ListMessageMoveTasks return it.
///
/// To the service a handle is opaque. Most are base64 of JSON `{"taskId", "sourceArn"}`; decoding
/// fails soft and what it yields is only a hint of where to send the handle. Immutable; copies
/// share one text, so they are cheap.
class task_handle {
  public:
    /// The longest text that is taken for a handle, in bytes.
    static constexpr std::size_t longest = 4096;

    // Copied even when it is moved from, so that there is no empty one.
    task_handle(const task_handle&) noexcept = default;
    task_handle& operator=(const task_handle&) noexcept = default;
    ~task_handle() = default;

    /// Nothing when `text` is empty, longer than `longest`, or holds anything but printable ASCII
    /// without spaces.
    [[nodiscard]] static std::optional<task_handle> from_text(std::string_view text);

    /// Encodes the usual form of a handle.
    [[nodiscard]] static task_handle make(std::string_view task_id, const queue_arn& source);

    [[nodiscard]] const std::string& text() const noexcept { return parts_->text; }

    /// The task id that the handle names; empty when it is opaque.
    [[nodiscard]] const std::string& task_id() const noexcept { return parts_->task_id; }

    /// The source queue that the handle names; nothing when it is opaque.
    [[nodiscard]] const std::optional<queue_arn>& source() const noexcept { return parts_->source; }

    /// Two handles are one task when task id and source are equal, or, for opaque ones, the text.
    friend bool operator==(const task_handle& a, const task_handle& b) noexcept {
        if (a.parts_ == b.parts_) return true;
        if (a.source() && b.source()) return a.task_id() == b.task_id() && a.source() == b.source();
        return a.text() == b.text();
    }

  private:
    struct parts {
        std::string text;
        std::string task_id;
        std::optional<queue_arn> source;
    };

    explicit task_handle(std::shared_ptr<const parts> of) noexcept : parts_{std::move(of)} {}

    std::shared_ptr<const parts> parts_;
};

} // namespace redrive
