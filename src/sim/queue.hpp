#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "redrive/queue_arn.hpp"
#include "sim/mailbox.hpp"
#include "sim/moving_task.hpp"
#include "sim/queue_attributes.hpp"

namespace redrive::sim {

struct queue {
    queue_arn arn;
    std::string arn_text;
    queue_attributes attributes;
    wall_time created, modified;
    std::int64_t backlog = 0;      // synthetic messages: counted and moved, never read
    std::unique_ptr<mailbox> real; // made for the first message
    std::deque<std::shared_ptr<moving_task>> history; // newest first, at most 10

    [[nodiscard]] bool is_fifo() const noexcept { return arn.name.ends_with(".fifo"); }
    [[nodiscard]] mailbox& messages() {
        if (!real) real = std::make_unique<mailbox>();
        return *real;
    }
    [[nodiscard]] mailbox::counts count(wall_time now) const {
        auto counts = real ? real->count(now) : mailbox::counts{};
        counts.visible += backlog;
        return counts;
    }
};

} // namespace redrive::sim
