#include "cli/json_row.hpp"

#include <utility>

#include "cli/text_escape.hpp"

namespace redrive::cli {

void json_row::text(std::string_view key, std::string_view value) {
    if (hidden_) return;
    json_.key(key);
    if (value.empty())
        json_.null();
    else
        json_.text(value);
}

void json_row::integer(std::string_view key, std::optional<std::int64_t> value) {
    if (hidden_) return;
    json_.key(key);
    if (value)
        json_.integer(*value);
    else
        json_.null();
}

void json_row::number(std::string_view key, std::optional<double> value) {
    if (hidden_) return;
    json_.key(key);
    if (value)
        json_.number(*value);
    else
        json_.null();
}

void json_row::list(std::string_view key, const std::vector<std::string>& values) {
    if (hidden_) return;
    json_.key(key);
    json_.begin_array();
    for (const auto& value : values)
        json_.text(value);
    json_.end_array();
}

void json_row::begin(std::string_view key, bool exists) {
    json_.key(key);
    hidden_ = !exists;
    if (exists)
        json_.begin_object();
    else
        json_.null();
}

void json_row::end() {
    if (!hidden_) json_.end_object();
    hidden_ = false;
}

std::string json_row::take() {
    json_.end_object();
    return terminal_safe_json(std::move(text_));
}

} // namespace redrive::cli
