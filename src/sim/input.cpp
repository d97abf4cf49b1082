#include "sim/input.hpp"

#include "redrive/queue_url.hpp"
#include "sim/api_error.hpp"

namespace redrive::sim {
namespace {

api_error wrong_type(std::string_view name) {
    return api_error{"SerializationException",
                     "The member " + std::string{name} + " has the wrong type."};
}

} // namespace

std::string_view optional_text(wire::json_value object, std::string_view name) {
    const auto value = object[name];
    if (!value.exists()) return {};
    const auto text = value.text();
    if (!text) throw wrong_type(name);
    return *text;
}

std::string_view required_text(wire::json_value object, std::string_view name) {
    if (!object[name].exists()) throw missing_parameter(name);
    return optional_text(object, name);
}

std::optional<std::int64_t> optional_integer(wire::json_value object, std::string_view name) {
    const auto value = object[name];
    if (!value.exists()) return std::nullopt;
    const auto number = value.integer();
    if (!number) throw wrong_type(name);
    return number;
}

std::optional<std::int64_t> integer_between(wire::json_value object,
                                            std::string_view name,
                                            std::int64_t lowest,
                                            std::int64_t highest) {
    const auto value = optional_integer(object, name);
    if (value && (*value < lowest || *value > highest))
        throw invalid_parameter("Value " + std::to_string(*value) + " for parameter " +
                                std::string{name} + " is invalid. Reason: Must be between " +
                                std::to_string(lowest) + " and " + std::to_string(highest) + ".");
    return value;
}

queue& named_queue(const call_context& call) {
    const auto url = parse_queue_url(required_text(call.input, "QueueUrl"));
    if (!url) throw api_error{"InvalidAddress", "The address is not valid for this endpoint."};
    auto* found = url->account == call.where.account ? call.where.queues.find(url->name) : nullptr;
    if (found == nullptr) throw no_such_queue();
    return *found;
}

std::string url_of(const call_context& call, std::string_view queue_name) {
    std::string url{call.base_url};
    url.append("/").append(call.where.account).append("/").append(queue_name);
    return url;
}

} // namespace redrive::sim
