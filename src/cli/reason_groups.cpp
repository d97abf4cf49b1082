#include "cli/reason_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/error_name.hpp"
#include "cli/number.hpp"
#include "cli/text_escape.hpp"
#include "cli/text_width.hpp"

namespace redrive::cli {
namespace {

constexpr std::size_t most_groups = 100;
constexpr std::size_t most_places = 3;
constexpr std::size_t longest_place = 60;

bool needs_attention(outcome value) noexcept {
    switch (value) {
    case outcome::stopped:
    case outcome::already_finished:
    case outcome::not_running: return false;
    case outcome::accepted:
    case outcome::not_found:
    case outcome::invalid:
    case outcome::skipped:
    case outcome::unknown:
    case outcome::denied:
    case outcome::throttled:
    case outcome::unreachable: return true;
    }
    return true;
}

std::string_view name_of(unsearched_part::cause cause) noexcept {
    switch (cause) {
    case unsearched_part::cause::denied: return "denied";
    case unsearched_part::cause::throttled: return "throttled";
    case unsearched_part::cause::unreachable: return "unreachable";
    case unsearched_part::cause::not_enabled: return "not enabled";
    case unsearched_part::cause::other: return "not searched";
    }
    return "not searched";
}

std::string with_code(std::string_view what, error_code ec, const diagnostics& info) {
    const auto code = cli::name_of(ec, info);
    return code.empty() ? std::string{what} : fmt::format("{} ({})", what, escaped(code));
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::vector<std::string> known;
    for (const auto text : parts)
        if (!text.empty()) known.push_back(escaped(text));
    return fmt::format("{}", fmt::join(known, " "));
}

std::string place_of(const target_outcome& done) {
    if (done.input.line > 0)
        return fmt::format(
            "line {} ({})", done.input.line, shortened(escaped(done.input.text), longest_place));
    if (done.queue.empty()) return shortened(escaped(done.input.text), longest_place);
    return joined({done.account, done.region, done.queue});
}

} // namespace

template <class Said, class Place>
void reason_groups::add(std::string what, std::string next, Said said, Place place) {
    // Messages of single targets name the target; the outcome, its code and the next step do not.
    const bool told_apart_by_message = what.starts_with("invalid");
    key which{std::move(what), std::move(next), told_apart_by_message ? said() : std::string{}};
    auto at = groups_.find(which);
    if (at == groups_.end()) {
        group fresh{.what = std::get<0>(which), .said = said(), .next = std::get<1>(which)};
        if (groups_.size() >= most_groups) {
            which = key{"others", {}, {}};
            fresh = group{.what = std::get<0>(which)};
        }
        at = groups_.try_emplace(std::move(which), std::move(fresh)).first;
    }
    auto& one = at->second;
    ++one.count;
    if (one.places.size() < most_places) one.places.push_back(place());
}

void reason_groups::add(const target_outcome& done) {
    if (!needs_attention(done.is)) return;
    add(
        with_code(to_string(done.is), done.ec, done.info),
        escaped(done.hint),
        [&] { return sentence_of(done.ec, done.info); },
        [&] { return place_of(done); });
}

void reason_groups::add(const unsearched_part& part) {
    add(
        with_code(name_of(part.why), part.ec, part.info),
        escaped(part.hint),
        [&] { return sentence_of(part.ec, part.info); },
        [&] {
            return joined(
                {part.account.empty() ? part.identity : part.account, part.region, part.queue});
        });
}

std::string reason_groups::text() const {
    std::vector<const group*> order;
    for (const auto& [which, one] : groups_)
        order.push_back(&one);
    std::stable_sort(order.begin(), order.end(), [](const group* a, const group* b) {
        return a->count > b->count;
    });
    std::string out;
    for (const auto* one : order) {
        const bool more = one->count > one->places.size();
        out += fmt::format("  {} {}: {}{}\n",
                           grouped(one->count),
                           one->what,
                           fmt::join(one->places, ", "),
                           more ? ", ..." : "");
        if (!one->said.empty()) out += fmt::format("      {}\n", one->said);
        if (!one->next.empty()) out += fmt::format("      next: {}\n", one->next);
    }
    return out;
}

} // namespace redrive::cli
