#include "conform/input.hpp"

#include <limits>

#include "conform/verb.hpp"

namespace redrive::conform {
namespace {

[[noreturn]] void refuse(std::string_view name, std::string_view why) {
    std::string message{name};
    throw refused{message.append(" ").append(why)};
}

} // namespace

std::optional<std::string_view> text(wire::json_value object, std::string_view name) {
    const auto value = object[name];
    if (!value.exists()) return std::nullopt;
    if (!value.text()) refuse(name, "is not a string");
    return value.text();
}

std::string_view required_text(wire::json_value object, std::string_view name) {
    const auto value = text(object, name);
    if (!value) refuse(name, "is missing");
    return *value;
}

std::optional<std::int32_t> integer(wire::json_value object, std::string_view name) {
    const auto value = object[name];
    if (!value.exists()) return std::nullopt;
    const auto whole = value.integer();
    if (!whole || *whole < std::numeric_limits<std::int32_t>::min() ||
        *whole > std::numeric_limits<std::int32_t>::max())
        refuse(name, "is not a 32-bit integer");
    return static_cast<std::int32_t>(*whole);
}

std::optional<double> number(wire::json_value object, std::string_view name) {
    const auto value = object[name];
    if (!value.exists()) return std::nullopt;
    if (!value.number()) refuse(name, "is not a number");
    return value.number();
}

bool flag(wire::json_value object, std::string_view name, bool otherwise) {
    const auto value = object[name];
    if (!value.exists()) return otherwise;
    if (!value.boolean()) refuse(name, "is not a boolean");
    return *value.boolean();
}

wire::json_value required_object(wire::json_value object, std::string_view name) {
    const auto value = object[name];
    if (!value.is_object()) refuse(name, "is not an object");
    return value;
}

wire::http_headers headers(wire::json_value object) {
    wire::http_headers out;
    const auto list = object["headers"];
    if (list.exists() && !list.is_array()) refuse("headers", "is not a list of pairs");
    for (const auto pair : list.elements()) {
        std::vector<std::string> parts;
        for (const auto part : pair.elements()) {
            if (!part.text()) refuse("headers", "is not a list of pairs of strings");
            parts.emplace_back(*part.text());
        }
        if (parts.size() != 2) refuse("headers", "is not a list of pairs");
        out.push_back({parts[0], parts[1]});
    }
    return out;
}

void write_headers(wire::json_writer& output, const wire::http_headers& values) {
    output.key("headers");
    output.begin_array();
    for (const auto& [name, value] : values) {
        output.begin_array();
        output.text(name);
        output.text(value);
        output.end_array();
    }
    output.end_array();
}

void write_text(wire::json_writer& output, std::string_view name, std::string_view value) {
    output.key(name);
    output.text(value);
}

} // namespace redrive::conform
