#pragma once

#include <boost/asio/awaitable.hpp>

#include <optional>

#include "fleet/cell.hpp"
#include "fleet/patient_call.hpp"
#include "fleet/run_control.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::detail {

// A queue with its account, or why it could not be learnt.
struct owned_queue {
    queue_arn source;
    error_code ec;
    diagnostics info;
    flow::patience::verdict patience = flow::patience::verdict::go_on;
};

// With the cell's account when it has none itself; nothing when neither is known.
[[nodiscard]] std::optional<queue_arn> known_owner(queue_arn source, const cell& where);

// Whose queue a name is: the cell's account when it is known, else the queue's URL says so.
[[nodiscard]] asio::awaitable<owned_queue> find_owner(queue_arn source,
                                                      cell& where,
                                                      errand& work,
                                                      double random);

} // namespace redrive::detail
