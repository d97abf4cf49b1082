#include "cli/planned_targets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace redrive::cli {
namespace {

using listings = std::unordered_map<std::string, std::vector<const found_task*>>;

std::string place(std::string_view region, std::string_view queue) {
    return fmt::format("{}/{}", region, queue);
}

listings listings_of(const plan& agreed) {
    listings by_place;
    for (const auto& found : agreed.tasks())
        by_place[place(found.region, found.queue)].push_back(&found);
    return by_place;
}

// A queue name comes without an account; every other target has one.
bool is_listing_of(const found_task& found, const target& what) {
    const auto& account = what.source->account;
    if (!account.empty() && account != found.account) return false;
    if (!what.handle) return true;
    const auto listed = task_handle::from_text(found.task.handle);
    return listed && *listed == *what.handle;
}

void attach(target& what, const listings& by_place) {
    if (!what.source) return;
    const auto at = by_place.find(place(what.region, what.source->name));
    if (at == by_place.end()) return;
    for (const auto* found : at->second) {
        if (!is_listing_of(*found, what)) continue;
        auto input = std::move(what.input);
        what = to_target(*found);
        what.input = std::move(input);
        return;
    }
}

double damage_of(const target& what) {
    return what.listed ? what.listed->damage() : -1;
}

} // namespace

std::vector<target> planned_targets(const plan& agreed) {
    std::vector<target> targets;
    targets.reserve(agreed.tasks().size());
    for (const auto& found : agreed.tasks()) {
        targets.push_back(to_target(found));
        targets.back().input.index = targets.size() - 1;
    }
    return targets;
}

std::vector<target> planned_targets(std::vector<target> given, const plan& agreed) {
    const auto by_place = listings_of(agreed);
    for (auto& what : given)
        attach(what, by_place);
    std::stable_sort(given.begin(), given.end(), [](const target& a, const target& b) {
        return damage_of(a) > damage_of(b);
    });
    return given;
}

std::uint64_t count_unreadable(const std::vector<target>& given) noexcept {
    return static_cast<std::uint64_t>(
        std::count_if(given.begin(), given.end(), [](const target& what) { return !what.source; }));
}

} // namespace redrive::cli
