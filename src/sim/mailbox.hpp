#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/queue_message.hpp"

namespace redrive::sim {

// The real messages of one queue, in the order of their arrival.
class mailbox {
  public:
    struct counts {
        std::int64_t visible = 0, in_flight = 0, delayed = 0;
    };
    struct receive_terms {
        std::size_t at_most = 1;
        milliseconds visibility{0};
        std::optional<int> max_receive_count{}; // beyond it a message is dead
    };
    struct received {
        std::vector<const queue_message*> messages; // valid until the next change
        std::vector<queue_message> dead;            // taken out: received too often
    };

    // Gives the message its sequence number.
    const queue_message& push(queue_message message);
    [[nodiscard]] received receive(const receive_terms& terms, wall_time now);
    // What is not there any more counts as removed.
    void remove(std::string_view id);
    // What is in flight or delayed stays.
    [[nodiscard]] std::optional<queue_message> take_oldest(wall_time now);
    void clear() { messages_.clear(); }

    [[nodiscard]] counts count(wall_time now) const;
    // How many visible messages are in front of the first that was sent here directly.
    [[nodiscard]] std::optional<std::int64_t> first_without_origin(wall_time now) const;

    // A FIFO message with this deduplication id that came within the last `interval`.
    [[nodiscard]] const queue_message* duplicate_of(std::string_view deduplication_id,
                                                    milliseconds interval,
                                                    wall_time now);

  private:
    std::list<queue_message> messages_;
    std::map<std::string, queue_message, std::less<>> recent_;  // FIFO, by deduplication id
    std::uint64_t last_sequence_ = 18'000'000'000'000'000'000u; // 20 digits, as the service's
};

} // namespace redrive::sim
