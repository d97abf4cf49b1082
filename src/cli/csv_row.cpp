#include "cli/csv_row.hpp"

#include <fmt/format.h>

#include "cli/text_escape.hpp"

namespace redrive::cli {
namespace {

void append_quoted(std::string& out, std::string_view text) {
    if (text.find_first_of(",\"") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

} // namespace

void csv_row::field(const field_name& key, std::string_view value) {
    if (!header_.empty()) {
        header_ += ',';
        record_ += ',';
    }
    header_.append(prefix_).append(key.text());
    if (!hidden_) append_quoted(record_, value);
}

void csv_row::text(const field_name& key, std::string_view value) {
    field(key, escaped(value));
}

void csv_row::integer(const field_name& key, std::optional<std::int64_t> value) {
    field(key, value ? std::to_string(*value) : std::string{});
}

void csv_row::number(const field_name& key, std::optional<double> value) {
    field(key, value ? fmt::format("{}", *value) : std::string{});
}

void csv_row::list(const field_name& key, const std::vector<std::string>& values) {
    field(key, escaped(fmt::format("{}", fmt::join(values, " "))));
}

void csv_row::begin(const field_name& key, bool exists) {
    prefix_ = fmt::format("{}.", key.text());
    hidden_ = !exists;
}

void csv_row::end() {
    prefix_.clear();
    hidden_ = false;
}

} // namespace redrive::cli
