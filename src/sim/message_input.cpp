#include "sim/message_input.hpp"

#include <algorithm>
#include <utility>

#include "core/base64.hpp"
#include "sim/api_error.hpp"
#include "sim/md5.hpp"
#include "wire/digest.hpp"

namespace redrive::sim {
namespace {

constexpr std::chrono::minutes deduplication_interval{5};
constexpr std::string_view receipt_prefix = "receipt:";

message_attribute read_attribute(std::string_view name, wire::json_value given) {
    message_attribute attribute{
        std::string{name}, std::string{required_text(given, "DataType")}, {}};
    const auto type =
        std::string_view{attribute.data_type}.substr(0, attribute.data_type.find('.'));
    if (type != "String" && type != "Number" && type != "Binary")
        throw invalid_parameter(
            "The message attribute '" + attribute.name +
            "' has an invalid message attribute type, the set of supported type "
            "prefixes is Binary, Number, and String.");
    if (attribute.is_binary()) {
        const auto bytes = base64_decode(optional_text(given, "BinaryValue"));
        if (!bytes) throw api_error{"SerializationException", "BinaryValue is not in base64."};
        attribute.value = *bytes;
    } else {
        attribute.value = optional_text(given, "StringValue");
    }
    if (attribute.value.empty())
        throw invalid_parameter("Message attribute '" + attribute.name +
                                "' must contain a non-empty value.");
    return attribute;
}

std::vector<message_attribute> read_attributes(wire::json_value given) {
    std::vector<message_attribute> attributes;
    for (const auto [name, value] : given.members())
        attributes.push_back(read_attribute(name, value));
    std::ranges::sort(attributes, {}, &message_attribute::name);
    return attributes;
}

std::string read_body(const queue& target, wire::json_value entry) {
    const auto body = required_text(entry, "MessageBody");
    if (body.empty()) throw missing_parameter("MessageBody");
    const auto limit = target.attributes.number("MaximumMessageSize");
    if (std::int64_t(body.size()) > limit)
        throw invalid_parameter("One or more parameters are invalid. Reason: Message must be "
                                "shorter than " +
                                std::to_string(limit) + " bytes.");
    return std::string{body};
}

void read_fifo_members(queue_message& message, const queue& target, wire::json_value entry) {
    message.group = optional_text(entry, "MessageGroupId");
    if (!target.is_fifo()) {
        // A group on a standard queue asks for fair queues: it orders nothing.
        message.group.clear();
        return;
    }
    if (message.group.empty()) throw missing_parameter("MessageGroupId");
    message.deduplication_id = optional_text(entry, "MessageDeduplicationId");
    if (!message.deduplication_id.empty()) return;
    if (!target.attributes.is_true("ContentBasedDeduplication"))
        throw invalid_parameter("The queue should either have ContentBasedDeduplication enabled or "
                                "MessageDeduplicationId provided explicitly");
    wire::append_hex(message.deduplication_id, wire::sha256(message.body));
}

milliseconds delay_of(const call_context& call, const queue& target, wire::json_value entry) {
    const auto given = integer_between(entry, "DelaySeconds", 0, 900);
    const std::chrono::seconds delay{given.value_or(target.attributes.number("DelaySeconds"))};
    return call.tempo.lasting(delay);
}

} // namespace

const queue_message& accept_message(const call_context& call,
                                    queue& target,
                                    wire::json_value entry) {
    queue_message message;
    message.body = read_body(target, entry);
    message.attributes = read_attributes(entry["MessageAttributes"]);
    message.trace_header =
        optional_text(entry["MessageSystemAttributes"]["AWSTraceHeader"], "StringValue");
    read_fifo_members(message, target, entry);
    const auto delay = delay_of(call, target, entry);
    if (!message.deduplication_id.empty()) {
        const auto interval = call.tempo.lasting(deduplication_interval);
        if (const auto* first =
                target.messages().duplicate_of(message.deduplication_id, interval, call.now))
            return *first;
    }
    message.body_md5 = md5_hex(message.body);
    message.attributes_md5 = md5_of(message.attributes);
    message.id = call.random.uuid();
    message.sender = "AIDASIM0" + call.where.account;
    message.sent = call.now;
    message.visible_at = call.now + delay;
    return target.messages().push(std::move(message));
}

std::string receipt_of(const queue_message& message) {
    return base64_encode(std::string{receipt_prefix} + message.id + ":" +
                         std::to_string(message.receive_count));
}

std::string message_id_of(std::string_view receipt) {
    constexpr std::size_t id_size = 36;
    const auto text = base64_decode(receipt);
    if (!text || !text->starts_with(receipt_prefix) ||
        text->size() < receipt_prefix.size() + id_size)
        throw api_error{"ReceiptHandleIsInvalid"};
    return text->substr(receipt_prefix.size(), id_size);
}

} // namespace redrive::sim
