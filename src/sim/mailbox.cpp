#include "sim/mailbox.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace redrive::sim {

const queue_message& mailbox::push(queue_message message) {
    message.sequence = ++last_sequence_;
    if (!message.deduplication_id.empty()) recent_[message.deduplication_id] = message;
    return messages_.emplace_back(std::move(message));
}

mailbox::received mailbox::receive(const receive_terms& terms, wall_time now) {
    received result;
    // A FIFO group waits behind its first message that cannot be received.
    std::set<std::string_view> blocked;
    for (auto it = messages_.begin();
         it != messages_.end() && result.messages.size() < terms.at_most;) {
        auto& message = *it;
        if (!message.group.empty() && blocked.contains(message.group)) {
            ++it;
        } else if (message.visible_at > now) {
            if (!message.group.empty()) blocked.insert(message.group);
            ++it;
        } else if (terms.max_receive_count && message.receive_count >= *terms.max_receive_count) {
            result.dead.push_back(std::move(message));
            it = messages_.erase(it);
        } else {
            ++message.receive_count;
            if (!message.first_received) message.first_received = now;
            message.visible_at = now + terms.visibility;
            result.messages.push_back(&message);
            ++it;
        }
    }
    return result;
}

void mailbox::remove(std::string_view id) {
    const auto found = std::ranges::find(messages_, id, &queue_message::id);
    if (found != messages_.end()) messages_.erase(found);
}

std::optional<queue_message> mailbox::take_oldest(wall_time now) {
    const auto found = std::ranges::find_if(
        messages_, [&](const queue_message& message) { return message.visible_at <= now; });
    if (found == messages_.end()) return std::nullopt;
    std::optional<queue_message> taken{std::move(*found)};
    messages_.erase(found);
    return taken;
}

mailbox::counts mailbox::count(wall_time now) const {
    counts result;
    for (const auto& message : messages_) {
        if (message.visible_at <= now)
            ++result.visible;
        else if (message.receive_count > 0)
            ++result.in_flight;
        else
            ++result.delayed;
    }
    return result;
}

std::optional<std::int64_t> mailbox::first_without_origin(wall_time now) const {
    std::int64_t before = 0;
    for (const auto& message : messages_) {
        if (message.visible_at > now) continue;
        if (message.origin_arn.empty()) return before;
        ++before;
    }
    return std::nullopt;
}

const queue_message* mailbox::duplicate_of(std::string_view deduplication_id,
                                           milliseconds interval,
                                           wall_time now) {
    std::erase_if(recent_, [&](const auto& entry) { return entry.second.sent + interval <= now; });
    const auto found = recent_.find(deduplication_id);
    return found == recent_.end() ? nullptr : &found->second;
}

} // namespace redrive::sim
