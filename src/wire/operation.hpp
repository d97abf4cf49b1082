#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace redrive::wire {

// Every SQS operation that the client may send.
enum class operation : std::uint8_t {
    cancel_message_move_task,
    list_message_move_tasks,
    start_message_move_task,
    list_queues,
    get_queue_url,
    get_queue_attributes,
    list_dead_letter_source_queues,
};

inline constexpr std::size_t operation_count = 7;

// "CancelMessageMoveTask"
[[nodiscard]] std::string_view to_string(operation value) noexcept;
[[nodiscard]] std::optional<operation> operation_from(std::string_view name) noexcept;

// Whether the service ends up the same when the call is applied twice: all but Start.
[[nodiscard]] bool is_safe_to_resend(operation value) noexcept;

} // namespace redrive::wire
