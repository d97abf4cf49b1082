#include "redrive/target.hpp"

#include <algorithm>

#include "auth/partitions.hpp"
#include "core/ascii.hpp"
#include "redrive/queue_url.hpp"
#include "wire/instant.hpp"
#include "wire/json_reader.hpp"

namespace redrive {
namespace {

constexpr std::size_t longest_text = 4096;
constexpr std::size_t longest_row = 64 * 1024;
constexpr std::size_t longest_queue_name = 80;

// Each of the following fills in a target where it is, because a target is expensive to move.

void refuse(target& what, std::string_view why) {
    what.invalid = why;
}

bool is_base64(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '+' || c == '/' || c == '=' || c == '-' || c == '_';
    });
}

void read_arn(target& what, std::string_view text) {
    what.source = parse_queue_arn(text);
    if (!what.source)
        return refuse(what, "not the ARN of an SQS queue (arn:aws:sqs:REGION:ACCOUNT:QUEUE)");
    what.region = what.source->region;
}

void read_url(target& what, std::string_view text, const target_defaults& defaults) {
    const auto url = parse_queue_url(text);
    if (!url) return refuse(what, "not a queue URL (https://HOST/ACCOUNT/QUEUE)");
    what.region = url->region.value_or(defaults.region);
    if (what.region.empty()) return refuse(what, "the URL does not say its region; add --region");
    what.source = queue_arn{std::string{auth::partition_of_region(what.region).name},
                            what.region,
                            url->account,
                            url->name};
}

void take_handle(target& what, std::optional<task_handle> handle, const target_defaults& defaults) {
    what.handle = std::move(handle);
    if (!what.handle)
        return refuse(what, "not a task handle: 1 to 4096 printable characters without spaces");
    what.source = what.handle->source();
    what.region = what.source ? what.source->region : defaults.region;
    if (what.region.empty()) refuse(what, "the handle does not say its region; add --region");
}

void read_handle(target& what, std::string_view text, const target_defaults& defaults) {
    take_handle(what, task_handle::from_text(text), defaults);
}

void read_name(target& what, std::string_view text, const target_defaults& defaults) {
    if (defaults.region.empty())
        return refuse(what, "a queue name needs a region; add --region, or use its ARN");
    what.region = defaults.region;
    what.source = queue_arn{std::string{auth::partition_of_region(what.region).name},
                            what.region,
                            {},
                            std::string{text}};
}

std::string text_of(wire::json_value row, std::string_view key) {
    return std::string{row[key].text().value_or("")};
}

// A row of redrive.task/1 or redrive.outcome/1.
void read_row(target& what, std::string_view text, const target_defaults& defaults) {
    wire::json_reader reader;
    const auto row = reader.parse(text);
    if (!row.is_object())
        return refuse(what, "begins with `{` but is not a JSON object on one line");
    const auto arn = text_of(row, "source_arn");
    const auto handle = text_of(row, "task_handle");
    if (arn.empty() && handle.empty())
        return refuse(what,
                      "the row has neither source_arn nor task_handle: use rows of `redrive list`");
    if (!arn.empty()) {
        read_arn(what, arn);
        if (!what.invalid.empty()) return;
    }
    if (!handle.empty()) {
        target_defaults with = defaults;
        if (const auto region = text_of(row, "region"); is_region_name(region))
            with.region = region;
        if (!what.region.empty()) with.region = what.region;
        const auto source = what.source;
        read_handle(what, handle, with);
        if (!what.invalid.empty()) return;
        if (source && what.handle->source() && *what.handle->source() != *source)
            return refuse(what, "its task_handle names another queue than its source_arn");
        if (source) what.source = source;
    }
    if (const auto started = wire::parse_rfc3339(text_of(row, "started"))) what.started = started;
}

void read_any(target& what, std::string_view text, const target_defaults& defaults) {
    if (text.empty()) return refuse(what, "empty");
    if (text.size() > longest_row) return refuse(what, "longer than 64 KiB");
    if (text.starts_with("arn:")) return read_arn(what, text);
    if (text.starts_with("http://") || text.starts_with("https://"))
        return read_url(what, text, defaults);
    if (text.starts_with('{')) return read_row(what, text, defaults);
    if (auto handle = task_handle::from_text(text); handle && handle->source())
        return take_handle(what, std::move(handle), defaults);
    if (text.starts_with("handle:")) return read_handle(what, text.substr(7), defaults);
    if (defaults.everything_is_a_handle) return read_handle(what, text, defaults);
    if (is_queue_name(text)) return read_name(what, text, defaults);
    if (text.size() > longest_queue_name && is_base64(text))
        return read_handle(what, text, defaults);
    refuse(what, "neither a queue ARN, a queue URL, a task handle, a queue name nor a row of ours");
}

} // namespace

target parse_target(std::string_view text, const target_defaults& defaults) {
    target what;
    text = trimmed(text);
    what.input.text = text.substr(0, longest_text);
    read_any(what, text, defaults);
    return what;
}

std::string identity_of(const target& what) {
    if (what.handle && what.handle->source())
        return to_string(*what.handle->source()) + "#" + what.handle->task_id();
    if (what.handle) return what.region + "#" + what.handle->text();
    if (what.source) return to_string(*what.source);
    return {};
}

} // namespace redrive
