#include "wire/reply_body.hpp"

#include <limits>
#include <map>
#include <optional>
#include <string_view>

namespace redrive::wire {
namespace {

// Each read() is true when the member is absent, which keeps the default, or of the right type.

bool read(json_value value, std::string& out) {
    if (!value.exists()) return true;
    const auto text = value.text();
    if (text) out.assign(*text);
    return text.has_value();
}

bool read(json_value value, std::int64_t& out) {
    if (!value.exists()) return true;
    const auto number = value.integer();
    if (number) out = *number;
    return number.has_value();
}

bool read(json_value value, std::optional<std::int64_t>& out) {
    if (!value.exists()) return true;
    out = value.integer();
    return out.has_value();
}

bool read(json_value value, std::optional<std::int32_t>& out) {
    if (!value.exists()) return true;
    const auto number = value.integer();
    if (!number || *number < std::numeric_limits<std::int32_t>::min() ||
        *number > std::numeric_limits<std::int32_t>::max())
        return false;
    out = static_cast<std::int32_t>(*number);
    return true;
}

bool read(json_value value, std::vector<std::string>& out) {
    if (!value.exists()) return true;
    if (!value.is_array()) return false;
    for (const auto element : value.elements()) {
        if (element.is_null()) continue;
        if (!read(element, out.emplace_back())) return false;
    }
    return true;
}

bool read(json_value value, move_task& out) {
    if (!value.is_object()) return false;
    std::string status;
    std::int64_t started = 0;
    const bool good = read(value["TaskHandle"], out.handle) && read(value["Status"], status) &&
                      read(value["SourceArn"], out.source_arn) &&
                      read(value["DestinationArn"], out.destination_arn) &&
                      read(value["ApproximateNumberOfMessagesMoved"], out.moved) &&
                      read(value["ApproximateNumberOfMessagesToMove"], out.to_move) &&
                      read(value["MaxNumberOfMessagesPerSecond"], out.max_rate) &&
                      read(value["FailureReason"], out.failure_reason) &&
                      read(value["StartedTimestamp"], started);
    out.status = task_status{status};
    out.started = decltype(out.started){std::chrono::milliseconds{started}};
    return good;
}

bool read(json_value value, std::vector<move_task>& out) {
    if (!value.exists()) return true;
    if (!value.is_array()) return false;
    for (const auto element : value.elements()) {
        if (element.is_null()) continue;
        if (!read(element, out.emplace_back())) return false;
    }
    return true;
}

bool read(json_value value, std::vector<std::pair<std::string, std::string>>& out) {
    if (!value.exists()) return true;
    if (!value.is_object()) return false;
    std::map<std::string_view, std::string_view> last_of;
    for (const auto [name, member] : value.members()) {
        if (member.is_null()) {
            last_of.erase(name);
            continue;
        }
        const auto text = member.text();
        if (!text) return false;
        last_of.insert_or_assign(name, *text);
    }
    out.assign(last_of.begin(), last_of.end());
    return true;
}

// Two of the operations differ in the case of one letter; emulators mix them up.
json_value either(json_value body, std::string_view modelled, std::string_view other) {
    const auto value = body[modelled];
    return value.exists() ? value : body[other];
}

bool is_body(json_value body) {
    return !body.exists() || body.is_object();
}

} // namespace

bool read_body(json_value body, cancel_output& out) {
    return is_body(body) && read(body["ApproximateNumberOfMessagesMoved"], out.moved);
}

bool read_body(json_value body, list_tasks_output& out) {
    return is_body(body) && read(body["Results"], out.tasks);
}

bool read_body(json_value body, start_output& out) {
    return is_body(body) && read(body["TaskHandle"], out.task_handle);
}

bool read_body(json_value body, list_queues_output& out) {
    return is_body(body) && read(either(body, "QueueUrls", "queueUrls"), out.queue_urls) &&
           read(body["NextToken"], out.next_token);
}

bool read_body(json_value body, queue_url_output& out) {
    return is_body(body) && read(body["QueueUrl"], out.queue_url);
}

bool read_body(json_value body, queue_attributes_output& out) {
    return is_body(body) && read(body["Attributes"], out.attributes);
}

bool read_body(json_value body, list_sources_output& out) {
    return is_body(body) && read(either(body, "queueUrls", "QueueUrls"), out.queue_urls) &&
           read(body["NextToken"], out.next_token);
}

} // namespace redrive::wire
