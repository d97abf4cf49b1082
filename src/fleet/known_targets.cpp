#include "fleet/known_targets.hpp"

namespace redrive::detail {
namespace {

bool is_settled(const target_outcome& out) noexcept {
    return !out.ec && (out.is == outcome::stopped || out.is == outcome::already_finished ||
                       out.is == outcome::not_running || out.is == outcome::accepted);
}

} // namespace

known_targets::place known_targets::free_place() {
    if (free_.empty()) {
        entries_.emplace_back();
        return static_cast<place>(entries_.size() - 1);
    }
    const auto at = free_.back();
    free_.pop_back();
    return at;
}

known_targets::found known_targets::enter(std::string_view identity) {
    if (identity.empty()) return {};
    const auto at = free_place();
    auto& mine = entries_[at];
    mine.identity = identity;
    const auto [known, is_new] = by_identity_.try_emplace(mine.identity, at);
    if (is_new) {
        mine.is = outcome::unknown;
        return {state::is_new, at};
    }
    free_.push_back(at);
    const bool under_way = entries_[known->second].is == outcome::unknown;
    return {under_way ? state::under_way : state::settled, known->second};
}

void known_targets::decided(place at, const target_outcome& out) {
    if (at == nowhere) return;
    if (!is_settled(out)) return forget(at);
    auto& kept = entries_[at];
    kept.is = out.is;
    kept.rests_on = out.rests_on;
    kept.replaced = out.replaced;
    kept.status = task_status{out.status};
    kept.started = out.started;
    kept.confirmed_at = out.confirmed_at;
    kept.moved_at_list = out.moved_at_list;
    kept.moved_at_cancel = out.moved_at_cancel;
    kept.moved_at_stop = out.moved_at_stop;
    settled_.push_back(at);
    if (settled_.size() <= capacity_) return;
    forget(settled_.front());
    settled_.pop_front();
}

void known_targets::forget(place at) {
    by_identity_.erase(std::string_view{entries_[at].identity});
    free_.push_back(at);
}

void known_targets::recall(place at, target_outcome& duplicate) const {
    const auto& kept = entries_[at];
    duplicate.is = kept.is;
    duplicate.rests_on = kept.rests_on;
    duplicate.replaced = kept.replaced;
    duplicate.status = kept.status.text();
    duplicate.started = kept.started;
    duplicate.confirmed_at = kept.confirmed_at;
    duplicate.moved_at_list = kept.moved_at_list;
    duplicate.moved_at_cancel = kept.moved_at_cancel;
    duplicate.moved_at_stop = kept.moved_at_stop;
}

} // namespace redrive::detail
