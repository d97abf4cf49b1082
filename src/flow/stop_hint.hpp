#pragma once

#include <string>
#include <string_view>

#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"
#include "redrive/move_task.hpp"
#include "redrive/outcome.hpp"

namespace redrive::flow {

// What a person should do next about one target: one sentence each.
namespace hint {

inline constexpr std::string_view running_without_handle =
    "the service lists the task as RUNNING without its handle, so it cannot be cancelled from "
    "here: cancel it in the console, or pass the handle that its start returned";
inline constexpr std::string_view unclear_running =
    "a RUNNING task on the queue may be this one: list the queue and cancel what still runs";
inline constexpr std::string_view strange_status =
    "the newest task is in a status that this version does not know: list the queue to see it";
inline constexpr std::string_view nothing_to_read =
    "the handle does not name its queue, so no reading can prove it: verify the queue by its ARN";
inline constexpr std::string_view reading_rejected =
    "the service cannot list its tasks, so nothing proves the stop: look at the queue itself";
inline constexpr std::string_view queue_deleted =
    "the queue disappeared after the order was taken, so its stop cannot be read: check whether "
    "somebody deleted it";
inline constexpr std::string_view wrong_handle =
    "no task of the queue can be this one: check the handle, or cancel by the queue's ARN";
inline constexpr std::string_view junk_handle =
    "the service does not understand the handle: copy it again, whole, or use the queue's ARN";
inline constexpr std::string_view replaced =
    "a NEW redrive was started on the same queue and is running: cancel it by the queue's ARN";
inline constexpr std::string_view may_go_on =
    "the order may have been applied but nothing proves it: the redrive may go on; verify it, or "
    "cancel it again";

} // namespace hint

// A call and the permissions that it takes.
struct permission_need {
    std::string_view candidates; // one of which is missing when the refusal names none
    std::string_view verb;       // whose policy has them all
};

namespace need {

inline constexpr permission_need to_cancel{
    "sqs:CancelMessageMoveTask, sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes "
    "on the queue (and kms:Decrypt when it is encrypted)",
    "cancel"};
inline constexpr permission_need to_read{
    "sqs:ListMessageMoveTasks and sqs:GetQueueAttributes on the queue (and sqs:GetQueueUrl when "
    "only its name was given)",
    "list"};
inline constexpr permission_need to_prove{to_read.candidates, "cancel"};
inline constexpr permission_need to_verify{to_read.candidates, "verify"};
inline constexpr permission_need to_search{
    "sqs:ListQueues, sqs:ListMessageMoveTasks and sqs:GetQueueAttributes", "list"};

} // namespace need

// Which action to allow, and the command that prints the policy. `who` lacks it; empty: whoever
// runs this.
[[nodiscard]] std::string permission_hint(const diagnostics& why,
                                          const permission_need& need,
                                          std::string_view who = {});
// By what was denied: a permission, the identity, its age, the clock, the region.
[[nodiscard]] std::string denied_hint(error_code ec,
                                      const diagnostics& why,
                                      const permission_need& need);
// An order was taken, but its proof was denied.
[[nodiscard]] std::string proof_denied_hint(error_code ec, const diagnostics& why);
// The time for the proof is over and the last reading showed `status`.
[[nodiscard]] std::string_view unproven_hint(const task_status& status) noexcept;
// The run ended with `why` before anything was ordered.
[[nodiscard]] std::string gave_up_hint(outcome why,
                                       error_code ec,
                                       const diagnostics& last,
                                       const permission_need& need);

} // namespace redrive::flow
