#include "fleet/recent_targets.hpp"

namespace redrive::detail {
namespace {

bool is_settled(const target_outcome& out) noexcept {
    return !out.ec && (out.is == outcome::stopped || out.is == outcome::already_finished ||
                       out.is == outcome::not_running || out.is == outcome::accepted);
}

} // namespace

void recent_targets::remember(const std::string& identity, const target_outcome& decided) {
    if (!is_settled(decided) || identity.empty()) return;
    entry kept{decided.is,
               decided.rests_on,
               task_status{decided.status},
               decided.started,
               decided.confirmed_at,
               decided.moved_at_list,
               decided.moved_at_cancel,
               decided.moved_at_stop,
               decided.replaced};
    const auto [at, is_new] = known_.insert_or_assign(identity, std::move(kept));
    if (!is_new) return;
    by_age_.push_back(&at->first);
    if (by_age_.size() <= capacity_) return;
    known_.erase(known_.find(*by_age_.front()));
    by_age_.pop_front();
}

bool recent_targets::recall(const std::string& identity, target_outcome& duplicate) const {
    const auto at = known_.find(identity);
    if (at == known_.end()) return false;
    const auto& kept = at->second;
    duplicate.is = kept.is;
    duplicate.rests_on = kept.rests_on;
    duplicate.status = kept.status.text();
    duplicate.started = kept.started;
    duplicate.confirmed_at = kept.confirmed_at;
    duplicate.moved_at_list = kept.moved_at_list;
    duplicate.moved_at_cancel = kept.moved_at_cancel;
    duplicate.moved_at_stop = kept.moved_at_stop;
    duplicate.replaced = kept.replaced;
    return true;
}

} // namespace redrive::detail
