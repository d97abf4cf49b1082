#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/pace.hpp"

namespace redrive::sim {

struct message_attribute {
    std::string name;
    std::string data_type; // "String", "Number", "Binary", each with an optional ".label"
    std::string value;     // the bytes themselves, also of a binary value

    [[nodiscard]] bool is_binary() const noexcept { return data_type.starts_with("Binary"); }
};

struct queue_message {
    std::string id;
    std::string body;
    std::string body_md5;
    std::vector<message_attribute> attributes; // sorted by name
    std::string attributes_md5;                // empty without attributes
    std::string trace_header;
    std::string group;            // FIFO only
    std::string deduplication_id; // FIFO only
    std::uint64_t sequence = 0;   // FIFO only
    std::string origin_arn;       // the queue that dead-lettered it; empty: sent here directly
    std::string sender;
    wall_time sent;
    std::optional<wall_time> first_received;
    int receive_count = 0;
    wall_time visible_at; // delayed, or in flight, until then
};

// The checksum that SQS defines over attributes (Developer Guide, "Calculating the MD5 message
// digest for message attributes"); they must be sorted by name. Empty for none.
[[nodiscard]] std::string md5_of(const std::vector<message_attribute>& attributes);

} // namespace redrive::sim
