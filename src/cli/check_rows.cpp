#include "cli/check_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/style.hpp"
#include "cli/text_escape.hpp"
#include "wire/json_writer.hpp"

namespace redrive::cli {
namespace {

style style_of(finding::verdict is) noexcept {
    switch (is) {
    case finding::verdict::good: return style::good;
    case finding::verdict::notice: return style::warning;
    case finding::verdict::bad: return style::bad;
    case finding::verdict::skipped: return style::plain;
    }
    return style::plain;
}

void text_or_null(wire::json_writer& json, std::string_view name, std::string_view text) {
    if (!text.empty()) return json.text_member(name, text);
    json.key(name);
    json.null();
}

void place_of(wire::json_writer& json, std::string_view schema, const examination& of) {
    json.text_member("schema", schema);
    json.text_member("identity", of.identity);
    text_or_null(json, "account", of.account);
    text_or_null(json, "region", of.region);
}

std::string title_of(const examination& of, bool colors) {
    auto out = escaped(of.identity);
    if (!of.account.empty()) out += fmt::format(" ({})", escaped(of.account));
    if (!of.region.empty()) out += fmt::format(" in {}", escaped(of.region));
    return painted(out, style::title, colors) + "\n";
}

std::string time_of(const finding& what) {
    if (what.took.count() < 100) return {};
    return fmt::format("  [{:.1f} ms]", static_cast<double>(what.took.count()) / 1000);
}

} // namespace

std::string check_row(const examination& of, const finding& what) {
    std::string out;
    wire::json_writer json{out};
    json.begin_object();
    place_of(json, "redrive.check/1", of);
    text_or_null(json, "endpoint", of.endpoint);
    json.text_member("check", what.what);
    json.text_member("status", to_string(what.is));
    json.text_member("text", what.text);
    text_or_null(json, "fix", what.fix);
    json.key("elapsed_ms");
    json.number(static_cast<double>(what.took.count()) / 1000);
    json.end_object();
    return out;
}

std::string setting_row(const examination& of, const explained_value& what) {
    std::string out;
    wire::json_writer json{out};
    json.begin_object();
    place_of(json, "redrive.setting/1", of);
    json.text_member("name", what.name);
    text_or_null(json, "value", what.value);
    json.text_member("source", what.source);
    json.end_object();
    return out;
}

std::string checklist(const examination& of, bool colors) {
    auto out = title_of(of, colors);
    std::size_t width = 0;
    for (const auto& each : of.findings)
        width = std::max(width, each.what.size());
    for (const auto& each : of.findings) {
        const auto mark = fmt::format("{:<8}", to_string(each.is));
        out += fmt::format("  {}{:<{}}  {}{}\n",
                           painted(mark, style_of(each.is), colors),
                           each.what,
                           width,
                           escaped(each.text),
                           time_of(each));
        if (!each.fix.empty()) out += fmt::format("          {} {}\n", "next:", escaped(each.fix));
    }
    return out;
}

std::string setting_list(const examination& of, bool colors) {
    auto out = title_of(of, colors);
    std::size_t width = 0, values = 0;
    for (const auto& each : of.settings) {
        width = std::max(width, each.name.size());
        values = std::max(values, std::min<std::size_t>(40, each.value.size()));
    }
    for (const auto& each : of.settings)
        out += fmt::format("  {:<{}}  {:<{}}  {}\n",
                           each.name,
                           width,
                           each.value.empty() ? "-" : escaped(each.value),
                           values,
                           escaped(each.source));
    return out;
}

} // namespace redrive::cli
