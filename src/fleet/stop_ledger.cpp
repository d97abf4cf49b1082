#include "fleet/stop_ledger.hpp"

#include <utility>

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

void stop_ledger::add(std::uint64_t number, target_outcome&& outcome, bool is_duplicate) {
    --open_;
    if (in_order_ && number != next_out_) {
        early_.emplace(number, decided{std::move(outcome), is_duplicate});
        return;
    }
    ready_.push_back({std::move(outcome), is_duplicate});
    ++next_out_;
    for (auto at = early_.begin(); at != early_.end() && at->first == next_out_; ++next_out_) {
        ready_.push_back(std::move(at->second));
        at = early_.erase(at);
    }
}

stop_ledger::admission stop_ledger::take(std::uint64_t number,
                                         const target_key& which,
                                         const target_outcome& blank) {
    ++open_;
    switch (known_.enter(which)) {
    case known_targets::state::is_new: return admission::work;
    case known_targets::state::under_way:
        followers_[which].push_back({number, blank});
        return admission::follower;
    case known_targets::state::settled: break;
    }
    auto recalled = blank;
    known_.recall(which, recalled);
    add(number, std::move(recalled), true);
    return admission::known;
}

std::vector<stop_ledger::follower> stop_ledger::followers_of(const target_key& which) {
    const auto theirs = followers_.find(which);
    if (theirs == followers_.end()) return {};
    auto out = std::move(theirs->second);
    followers_.erase(theirs);
    return out;
}

void stop_ledger::decide(std::uint64_t number, const target_key& which, target_outcome&& outcome) {
    const auto followers = followers_of(which);
    std::vector<target_outcome> theirs;
    theirs.reserve(followers.size());
    for (const auto& each : followers)
        theirs.push_back(outcome_for(each.blank, outcome));
    known_.decided(which, outcome);
    add(number, std::move(outcome), false);
    for (std::size_t i = 0; i < followers.size(); ++i)
        add(followers[i].number, std::move(theirs[i]), true);
}

void stop_ledger::decide_at_once(std::uint64_t number, target_outcome&& outcome) {
    ++open_;
    add(number, std::move(outcome), false);
}

void stop_ledger::release(std::vector<decided>& leaving) {
    leaving.clear();
    std::swap(leaving, ready_);
}

} // namespace redrive::detail
