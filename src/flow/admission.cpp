#include "flow/admission.hpp"

#include <algorithm>
#include <utility>

namespace redrive::flow {

admission::ticket admission::wait(call_purpose why, double rank) {
    if (free_.empty()) {
        free_.push_back(static_cast<ticket>(places_.size()));
        places_.emplace_back();
    }
    const auto call = free_.back();
    free_.pop_back();
    places_[call] = {why, true};
    auto& heap = line_of(why).heap;
    heap.push_back({rank, ++arrivals_, call});
    std::push_heap(heap.begin(), heap.end());
    ++waiting_;
    return call;
}

void admission::withdraw(ticket call) {
    auto& at = places_[call];
    if (!std::exchange(at.is_taken, false)) return;
    --waiting_;
    auto& from = line_of(at.why);
    if (++from.left > from.heap.size() / 2) drop_those_that_left(from);
}

void admission::drop_those_that_left(line& from) {
    std::erase_if(from.heap, [this](const entry& each) {
        if (places_[each.call].is_taken) return false;
        free_.push_back(each.call);
        return true;
    });
    std::make_heap(from.heap.begin(), from.heap.end());
    from.left = 0;
}

// The first that still waits; there is one.
admission::ticket admission::pop(line& from) {
    for (;;) {
        std::pop_heap(from.heap.begin(), from.heap.end());
        const auto call = from.heap.back().call;
        from.heap.pop_back();
        free_.push_back(call);
        if (std::exchange(places_[call].is_taken, false)) return call;
        --from.left;
    }
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
    auto& from = line_of(why);
    if (from.heap.size() == from.left) return std::nullopt;
    const auto wait = limiter_of(why).admit(now);
    if (wait > duration::zero()) {
        pause_ = pause_ ? std::min(*pause_, wait) : wait;
        return std::nullopt;
    }
    --waiting_;
    ++in_flight_;
    return pop(from);
}

std::optional<admission::ticket> admission::next(time now) {
    pause_.reset();
    if (waiting_ == 0 || in_flight_ >= max_in_flight_) return std::nullopt;
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
