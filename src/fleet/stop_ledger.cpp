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

void stop_ledger::add(std::uint64_t number, target_outcome outcome, bool is_duplicate) {
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
                                         const std::string& identity,
                                         const target_outcome& blank) {
    ++open_;
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
    std::vector<follower> followers;
    if (const auto at = under_way_.find(identity); at != under_way_.end()) {
        followers = std::move(at->second);
        under_way_.erase(at);
        recent_.remember(identity, outcome);
    }
    std::vector<target_outcome> theirs;
    theirs.reserve(followers.size());
    for (const auto& each : followers)
        theirs.push_back(outcome_for(each.blank, outcome));
    add(number, std::move(outcome), false);
    for (std::size_t i = 0; i < followers.size(); ++i)
        add(followers[i].number, std::move(theirs[i]), true);
}

void stop_ledger::decide_at_once(std::uint64_t number, target_outcome outcome) {
    ++open_;
    add(number, std::move(outcome), false);
}

std::vector<stop_ledger::decided> stop_ledger::release() {
    return std::exchange(ready_, {});
}

} // namespace redrive::detail
