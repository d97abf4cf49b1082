#include "fleet/stop_ledger.hpp"

namespace redrive::detail {
namespace {

// What a follower says itself: its place in the input.
target_outcome outcome_for(const target_outcome& blank, const target_outcome& decided) {
    auto out = decided;
    out.input = blank.input;
    out.attempts = 0;
    out.resent = 0;
    return out;
}

} // namespace

void stop_ledger::add(std::uint64_t number, target_outcome outcome, bool is_duplicate) {
    --open_;
    ready_.emplace(number, decided{std::move(outcome), is_duplicate});
}

stop_ledger::admission stop_ledger::take(std::uint64_t number,
                                         const target& what,
                                         const target_outcome& blank) {
    ++open_;
    const auto identity = identity_of(what);
    if (identity.empty()) return admission::work;
    if (const auto at = under_way_.find(identity); at != under_way_.end()) {
        at->second.push_back({number, blank});
        return admission::follower;
    }
    auto known = blank;
    if (recent_.recall(identity, known)) {
        add(number, std::move(known), true);
        return admission::known;
    }
    under_way_.emplace(identity, std::vector<follower>{});
    return admission::work;
}

void stop_ledger::decide(std::uint64_t number,
                         const std::string& identity,
                         target_outcome outcome) {
    if (const auto at = under_way_.find(identity); at != under_way_.end()) {
        const auto followers = std::move(at->second);
        under_way_.erase(at);
        recent_.remember(identity, outcome);
        for (const auto& each : followers)
            add(each.number, outcome_for(each.blank, outcome), true);
    }
    add(number, std::move(outcome), false);
}

void stop_ledger::decide_at_once(std::uint64_t number, target_outcome outcome) {
    ++open_;
    add(number, std::move(outcome), false);
}

std::vector<stop_ledger::decided> stop_ledger::release() {
    std::vector<decided> out;
    while (!ready_.empty()) {
        const auto first = ready_.begin();
        if (in_order_ && first->first != next_out_) break;
        next_out_ = first->first + 1;
        out.push_back(std::move(first->second));
        ready_.erase(first);
    }
    return out;
}

} // namespace redrive::detail
