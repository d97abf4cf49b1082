#include "wire/operation.hpp"

#include <array>
#include <cstddef>

namespace redrive::wire {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, operation_count> names{
    "CancelMessageMoveTask",
    "ListMessageMoveTasks",
    "StartMessageMoveTask",
    "ListQueues",
    "GetQueueUrl",
    "GetQueueAttributes",
    "ListDeadLetterSourceQueues",
};

} // namespace

std::string_view to_string(operation value) noexcept {
    return names[static_cast<std::size_t>(value)];
}

std::optional<operation> operation_from(std::string_view name) noexcept {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<operation>(i);
    }
    return std::nullopt;
}

bool is_safe_to_resend(operation value) noexcept {
    return value != operation::start_message_move_task;
}

} // namespace redrive::wire
