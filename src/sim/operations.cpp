#include "sim/operations.hpp"

#include <algorithm>
#include <utility>

namespace redrive::sim {
namespace {

constexpr std::pair<std::string_view, operation_handler> handlers[] = {
    {"CancelMessageMoveTask", cancel_message_move_task},
    {"CreateQueue", create_queue},
    {"DeleteMessage", delete_message},
    {"DeleteMessageBatch", delete_message_batch},
    {"DeleteQueue", delete_queue},
    {"GetQueueAttributes", get_queue_attributes},
    {"GetQueueUrl", get_queue_url},
    {"ListDeadLetterSourceQueues", list_dead_letter_source_queues},
    {"ListMessageMoveTasks", list_message_move_tasks},
    {"ListQueues", list_queues},
    {"PurgeQueue", purge_queue},
    {"ReceiveMessage", receive_message},
    {"SendMessage", send_message},
    {"SendMessageBatch", send_message_batch},
    {"SetQueueAttributes", set_queue_attributes},
    {"StartMessageMoveTask", start_message_move_task},
};
static_assert(std::ranges::is_sorted(handlers,
                                     {},
                                     &std::pair<std::string_view, operation_handler>::first));

} // namespace

operation_handler find_operation(std::string_view name) noexcept {
    const auto found = std::ranges::lower_bound(
        handlers, name, {}, &std::pair<std::string_view, operation_handler>::first);
    return found != std::end(handlers) && found->first == name ? found->second : nullptr;
}

} // namespace redrive::sim
