#include "sim/message_output.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base64.hpp"
#include "sim/message_input.hpp"

namespace redrive::sim {
namespace {

void collect(wire::json_value names, std::vector<std::string>& out) {
    for (const auto element : names.elements())
        if (const auto name = element.text()) out.emplace_back(*name);
}

std::string milliseconds_text(wall_time at) {
    return std::to_string(at.time_since_epoch().count());
}

std::vector<std::pair<std::string_view, std::string>> system_attributes(
    const queue_message& message) {
    std::vector<std::pair<std::string_view, std::string>> all{
        {"SenderId", message.sender},
        {"SentTimestamp", milliseconds_text(message.sent)},
        {"ApproximateReceiveCount", std::to_string(message.receive_count)},
        {"ApproximateFirstReceiveTimestamp",
         milliseconds_text(message.first_received.value_or(message.sent))},
        {"AWSTraceHeader", message.trace_header},
        {"DeadLetterQueueSourceArn", message.origin_arn},
    };
    if (!message.group.empty()) {
        all.emplace_back("MessageGroupId", message.group);
        all.emplace_back("MessageDeduplicationId", message.deduplication_id);
        all.emplace_back("SequenceNumber", std::to_string(message.sequence));
    }
    return all;
}

void write_system_attributes(wire::json_writer& out,
                             const queue_message& message,
                             const message_selection& selection) {
    auto chosen = system_attributes(message);
    std::erase_if(chosen, [&](const auto& entry) {
        return entry.second.empty() || !selection.has_system_attribute(entry.first);
    });
    if (chosen.empty()) return;
    out.key("Attributes");
    out.begin_object();
    for (const auto& [name, value] : chosen) {
        out.key(name);
        out.text(value);
    }
    out.end_object();
}

void write_attribute(wire::json_writer& out, const message_attribute& attribute) {
    out.key(attribute.name);
    out.begin_object();
    out.key("DataType");
    out.text(attribute.data_type);
    out.key(attribute.is_binary() ? "BinaryValue" : "StringValue");
    out.text(attribute.is_binary() ? base64_encode(attribute.value) : attribute.value);
    out.end_object();
}

void write_attributes(wire::json_writer& out,
                      const queue_message& message,
                      const message_selection& selection) {
    std::vector<message_attribute> chosen;
    std::ranges::copy_if(
        message.attributes, std::back_inserter(chosen), [&](const auto& attribute) {
            return selection.has_attribute(attribute.name);
        });
    if (chosen.empty()) return;
    out.key("MD5OfMessageAttributes");
    out.text(md5_of(chosen));
    out.key("MessageAttributes");
    out.begin_object();
    for (const auto& attribute : chosen)
        write_attribute(out, attribute);
    out.end_object();
}

} // namespace

message_selection::message_selection(wire::json_value input) {
    collect(input["AttributeNames"], system_);
    collect(input["MessageSystemAttributeNames"], system_);
    collect(input["MessageAttributeNames"], attributes_);
}

bool message_selection::has_system_attribute(std::string_view name) const {
    return std::ranges::any_of(
        system_, [&](const auto& wanted) { return wanted == "All" || wanted == name; });
}

bool message_selection::has_attribute(std::string_view name) const {
    return std::ranges::any_of(attributes_, [&](const std::string& wanted) {
        if (wanted == "All" || wanted == name) return true;
        if (!wanted.ends_with(".*")) return false;
        return wanted.size() == 2 ||
               name.starts_with(std::string_view{wanted}.substr(0, wanted.size() - 1));
    });
}

void write_message(wire::json_writer& out,
                   const queue_message& message,
                   const message_selection& selection) {
    out.begin_object();
    out.key("MessageId");
    out.text(message.id);
    out.key("ReceiptHandle");
    out.text(receipt_of(message));
    out.key("MD5OfBody");
    out.text(message.body_md5);
    out.key("Body");
    out.text(message.body);
    write_system_attributes(out, message, selection);
    write_attributes(out, message, selection);
    out.end_object();
}

} // namespace redrive::sim
