#include "cli/json_row.hpp"

#include "cli/text_escape.hpp"

namespace redrive::cli {

void json_row::text(const field_name& key, std::string_view value) {
    if (hidden_) return;
    if (value.empty()) return json_.whole_member(key.json_null());
    json_.member(key.json_member());
    append_text(value);
}

void json_row::integer(const field_name& key, std::optional<std::int64_t> value) {
    if (hidden_) return;
    if (!value) return json_.whole_member(key.json_null());
    json_.member(key.json_member());
    json_.integer(*value);
}

void json_row::number(const field_name& key, std::optional<double> value) {
    if (hidden_) return;
    if (!value) return json_.whole_member(key.json_null());
    json_.member(key.json_member());
    json_.number(*value);
}

void json_row::list(const field_name& key, const std::vector<std::string>& values) {
    if (hidden_) return;
    json_.member(key.json_member());
    json_.begin_array();
    for (const auto& value : values)
        append_text(value);
    json_.end_array();
}

void json_row::begin(const field_name& key, bool exists) {
    hidden_ = !exists;
    if (!exists) return json_.whole_member(key.json_null());
    json_.member(key.json_member());
    json_.begin_object();
}

void json_row::end() {
    if (!hidden_) json_.end_object();
    hidden_ = false;
}

// Most texts neither JSON nor a terminal takes for anything else.
void json_row::append_text(std::string_view value) {
    const auto begin = out_.size();
    if (json_.text(value)) return;
    const auto safe = terminal_safe_json(out_.substr(begin));
    out_.replace(begin, std::string::npos, safe);
}

} // namespace redrive::cli
