#pragma once

#include "sim/input.hpp"
#include "sim/queue_message.hpp"

namespace redrive::sim {

// Puts the message that `entry` describes (SendMessage's input, or an entry of a batch) into the
// queue; for a FIFO duplicate, returns the message that came first. Throws api_error.
const queue_message& accept_message(const call_context& call,
                                    queue& target,
                                    wire::json_value entry);

// A receipt handle names the message and the receive that it belongs to.
[[nodiscard]] std::string receipt_of(const queue_message& message);
// The message id; throws ReceiptHandleIsInvalid.
[[nodiscard]] std::string message_id_of(std::string_view receipt);

} // namespace redrive::sim
