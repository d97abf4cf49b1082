#include "sim/queue_attributes.hpp"

#include <algorithm>
#include <charconv>

#include "redrive/queue_arn.hpp"
#include "sim/api_error.hpp"
#include "wire/json_reader.hpp"

namespace redrive::sim {
namespace {

struct number_attribute {
    std::string_view name;
    std::int64_t lowest, highest;
    std::string_view preset;
};
constexpr number_attribute number_attributes[] = {
    {"DelaySeconds", 0, 900, "0"},
    {"MaximumMessageSize", 1024, 1'048'576, "1048576"},
    {"MessageRetentionPeriod", 60, 1'209'600, "345600"},
    {"ReceiveMessageWaitTimeSeconds", 0, 20, "0"},
    {"VisibilityTimeout", 0, 43'200, "30"},
    {"KmsDataKeyReusePeriodSeconds", 60, 86'400, ""},
};

struct text_attribute {
    std::string_view name;
    std::string_view preset; // empty: not shown while unset
};
constexpr text_attribute text_attributes[] = {
    {"SqsManagedSseEnabled", "true"},
    {"Policy", ""},
    {"RedrivePolicy", ""},
    {"RedriveAllowPolicy", ""},
    {"FifoQueue", ""},
    {"ContentBasedDeduplication", ""},
    {"DeduplicationScope", ""},
    {"FifoThroughputLimit", ""},
    {"KmsMasterKeyId", ""},
};

const number_attribute* find_number(std::string_view name) {
    const auto found = std::ranges::find(number_attributes, name, &number_attribute::name);
    return found == std::end(number_attributes) ? nullptr : found;
}
const text_attribute* find_text(std::string_view name) {
    const auto found = std::ranges::find(text_attributes, name, &text_attribute::name);
    return found == std::end(text_attributes) ? nullptr : found;
}

std::optional<std::int64_t> to_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

api_error invalid_value(std::string_view name, std::string_view value, std::string_view why = {}) {
    if (why.empty())
        return api_error{"InvalidAttributeValue",
                         "Invalid value for the parameter " + std::string{name} + "."};
    return invalid_parameter("Value " + std::string{value} + " for parameter " + std::string{name} +
                             " is invalid. Reason: " + std::string{why});
}

// maxReceiveCount comes as a number or as a text.
std::optional<std::int64_t> count_of(wire::json_value value) {
    if (const auto text = value.text()) return to_integer(*text);
    return value.integer();
}

redrive_policy parse_redrive_policy(std::string_view text) {
    wire::json_reader reader;
    const auto policy = reader.parse(text);
    if (!policy.is_object())
        throw invalid_value("RedrivePolicy", text, "Redrive policy is not a valid JSON map.");
    const auto target = policy["deadLetterTargetArn"].text();
    const auto count = count_of(policy["maxReceiveCount"]);
    if (!target || !count)
        throw invalid_value("RedrivePolicy",
                            text,
                            "Redrive policy does not contain mandatory attribute: " +
                                std::string{target ? "maxReceiveCount." : "deadLetterTargetArn."});
    if (!parse_queue_arn(*target))
        throw invalid_value("RedrivePolicy", text, "Invalid value for deadLetterTargetArn.");
    if (*count < 1 || *count > 1000)
        throw invalid_value("RedrivePolicy",
                            text,
                            "Invalid value for maxReceiveCount: " + std::to_string(*count) +
                                ", valid values are from 1 to 1000 both inclusive.");
    return {std::string{*target}, int(*count)};
}

} // namespace

bool queue_attributes::is_settable(std::string_view name) {
    return find_number(name) != nullptr || find_text(name) != nullptr;
}

void queue_attributes::set(std::string_view name, std::string_view value) {
    if (!is_settable(name))
        throw api_error{"InvalidAttributeName", "Unknown Attribute " + std::string{name} + "."};
    if (const auto* row = find_number(name)) {
        const auto number = to_integer(value);
        if (!number || *number < row->lowest || *number > row->highest)
            throw invalid_value(name, value);
    }
    if (name == "RedrivePolicy")
        redrive_ = value.empty() ? std::nullopt : std::optional{parse_redrive_policy(value)};
    if (value.empty())
        set_.erase(std::string{name});
    else
        set_.insert_or_assign(std::string{name}, std::string{value});
}

std::string queue_attributes::value_of(std::string_view name) const {
    if (const auto found = set_.find(name); found != set_.end()) return found->second;
    if (const auto* row = find_number(name)) return std::string{row->preset};
    if (const auto* row = find_text(name)) return std::string{row->preset};
    return {};
}

std::int64_t queue_attributes::number(std::string_view name) const {
    return to_integer(value_of(name)).value_or(0);
}

bool queue_attributes::is_true(std::string_view name) const {
    return value_of(name) == "true";
}

std::vector<std::pair<std::string, std::string>> queue_attributes::shown() const {
    std::vector<std::pair<std::string, std::string>> all;
    const auto show = [&](std::string_view name) {
        if (auto value = value_of(name); !value.empty())
            all.emplace_back(std::string{name}, std::move(value));
    };
    for (const auto& row : number_attributes)
        show(row.name);
    for (const auto& row : text_attributes)
        show(row.name);
    return all;
}

bool queue_attributes::agree_with(const queue_attributes& wanted) const {
    return std::ranges::all_of(
        wanted.set_, [&](const auto& entry) { return value_of(entry.first) == entry.second; });
}

} // namespace redrive::sim
