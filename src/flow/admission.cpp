#include "flow/admission.hpp"

#include <algorithm>

namespace redrive::flow {

admission::ticket admission::wait(call_purpose why, double rank) {
    const auto call = ++last_ticket_;
    const key at{-rank, call};
    lines_[static_cast<std::size_t>(why)].emplace(at, why);
    places_.emplace(call, std::pair{why, at});
    return call;
}

void admission::withdraw(ticket call) {
    const auto place = places_.find(call);
    if (place == places_.end()) return;
    lines_[static_cast<std::size_t>(place->second.first)].erase(place->second.second);
    places_.erase(place);
}

rate_limiter& admission::limiter_of(call_purpose why) noexcept {
    switch (why) {
    case call_purpose::order: return rates_.cancels;
    case call_purpose::search_page: return rates_.pages;
    case call_purpose::proof:
    case call_purpose::search: return rates_.lists;
    }
    return rates_.lists;
}

std::optional<admission::ticket> admission::take(call_purpose why, time now) {
    auto& line = lines_[static_cast<std::size_t>(why)];
    if (line.empty()) return std::nullopt;
    const auto wait = limiter_of(why).admit(now);
    if (wait > duration::zero()) {
        pause_ = pause_ ? std::min(*pause_, wait) : wait;
        return std::nullopt;
    }
    const auto call = line.begin()->first.second;
    withdraw(call);
    ++in_flight_;
    return call;
}

std::optional<admission::ticket> admission::next(time now) {
    pause_.reset();
    if (places_.empty() || in_flight_ >= max_in_flight_) return std::nullopt;
    if (const auto call = take(call_purpose::order, now)) return call;
    if (const auto call = take(call_purpose::search_page, now)) return call;
    const auto first = search_has_turn_ ? call_purpose::search : call_purpose::proof;
    const auto second = search_has_turn_ ? call_purpose::proof : call_purpose::search;
    search_has_turn_ = !search_has_turn_;
    if (const auto call = take(first, now)) return call;
    return take(second, now);
}

void admission::finished(call_purpose why, reply what, time now) {
    --in_flight_;
    if (what == reply::throttled) limiter_of(why).throttled(now);
    if (what == reply::admitted) limiter_of(why).accepted(now);
}

} // namespace redrive::flow
