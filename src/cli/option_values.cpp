#include "cli/option_values.hpp"

#include <fmt/format.h>

#include <array>

#include "cli/choice.hpp"
#include "cli/comma_lists.hpp"
#include "cli/duration.hpp"
#include "cli/number.hpp"
#include "cli/shown_value.hpp"
#include "cli/usage_error.hpp"
#include "redrive/endpoint.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::cli {
namespace {

template <class Value>
Value value_of(std::string_view option, const parsed<Value>& result) {
    if (!result) throw usage_error{fmt::format("{}: {}", option, result.why())};
    return *result;
}

void add_region(std::vector<std::string>& regions, std::string_view text) {
    if (text != "all" && !is_region_name(text))
        throw usage_error{fmt::format(
            "--region: {} is not a region: write one like eu-west-1, or all", shown_value(text))};
    regions.emplace_back(text);
}

} // namespace

output_format read_format(const std::string& text) {
    static constexpr std::array<choice<output_format>, 6> choices{
        {{"table", output_format::table},
         {"wide", output_format::wide},
         {"json", output_format::json},
         {"ndjson", output_format::ndjson},
         {"csv", output_format::csv},
         {"name", output_format::name}}};
    return read_choice("--output", text, choices);
}

color_mode read_color(const std::string& text) {
    static constexpr std::array<choice<color_mode>, 3> choices{{{"auto", color_mode::automatic},
                                                                {"always", color_mode::always},
                                                                {"never", color_mode::never}}};
    return read_choice("--color", text, choices);
}

std::pair<redrive::pipelining, std::optional<std::size_t>> read_pipelining(
    const std::string& text) {
    if (text == "off") return {redrive::pipelining::off, std::nullopt};
    if (text == "auto") return {redrive::pipelining::learnt, std::nullopt};
    constexpr std::int64_t deepest = 256;
    const auto depth = parse_integer(text, 1, deepest);
    if (!depth)
        throw usage_error{fmt::format("--pipelining: {} is not off, auto or a depth from 1 to {}",
                                      shown_value(text),
                                      deepest)};
    return {redrive::pipelining::fixed, static_cast<std::size_t>(*depth)};
}

std::chrono::milliseconds read_duration(std::string_view option, const std::string& text) {
    return value_of(option, parse_duration(text));
}

std::int64_t read_integer(std::string_view option,
                          const std::string& text,
                          std::int64_t least,
                          std::int64_t most) {
    return value_of(option, parse_integer(text, least, most));
}

double read_rate(const std::string& text) {
    return value_of("--rate", parse_number(text, 0, 100'000));
}

std::vector<std::string> read_regions(const std::vector<std::string>& lists) {
    std::vector<std::string> regions;
    for (const auto text : elements_of(lists))
        add_region(regions, text);
    return regions;
}

std::string read_endpoint(const std::string& text) {
    if (!parse_endpoint(text))
        throw usage_error{fmt::format("--endpoint-url: {} is not http(s)://host[:port][/path]",
                                      shown_value(text))};
    return text;
}

std::vector<connect_to_rule> read_connect_to(const std::vector<std::string>& rules) {
    std::vector<connect_to_rule> out;
    for (const auto& each : rules) {
        auto rule = parse_connect_to(each);
        if (!rule)
            throw usage_error{
                fmt::format("--connect-to: {} is not HOST:PORT:ADDR:PORT", shown_value(each))};
        out.push_back(*std::move(rule));
    }
    return out;
}

void require_handle(const std::string& as) {
    if (as != "handle")
        throw usage_error{fmt::format("--as: {} is not handle, the only choice", shown_value(as))};
}

void require_no_journal(const std::string& journal) {
    if (journal != "none")
        throw usage_error{"--journal: journals are not in this version: leave it out, or say none"};
}

} // namespace redrive::cli
