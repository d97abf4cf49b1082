#include "flow/call_queue.hpp"

namespace redrive::flow {

void call_queue::push_back(entry& call) {
    auto& queue = lines_[call.lane_];
    call.previous_ = queue.last;
    call.next_ = nullptr;
    (queue.last ? queue.last->next_ : queue.first) = &call;
    queue.last = &call;
    call.queued_ = true;
    ++size_;
}

void call_queue::push_front(entry& call) {
    auto& queue = lines_[call.lane_];
    call.previous_ = nullptr;
    call.next_ = queue.first;
    (queue.first ? queue.first->previous_ : queue.last) = &call;
    queue.first = &call;
    call.queued_ = true;
    ++size_;
}

void call_queue::withdraw(entry& call) {
    if (!call.queued_) return;
    const auto at = lines_.find(call.lane_);
    auto& queue = at->second;
    (call.previous_ ? call.previous_->next_ : queue.first) = call.next_;
    (call.next_ ? call.next_->previous_ : queue.last) = call.previous_;
    call.previous_ = call.next_ = nullptr;
    call.queued_ = false;
    --size_;
    if (!queue.first) lines_.erase(at);
}

call_queue::entry* call_queue::take_first(std::map<lane, line>::iterator at) {
    auto* call = at->second.first;
    last_served_[static_cast<std::size_t>(call->lane_.kind)] = call->lane_;
    withdraw(*call);
    return call;
}

call_queue::entry* call_queue::take_any(const std::function<bool(const lane&)>& may_serve) {
    for (const auto kind : {traffic_class::cancels, traffic_class::others}) {
        // The lane after the one that was served last has its turn, and those before it follow.
        const auto first = lines_.lower_bound({kind, 0});
        const auto turn = lines_.upper_bound(last_served_[static_cast<std::size_t>(kind)]);
        for (auto at = turn; at != lines_.end() && at->first.kind == kind; ++at)
            if (!may_serve || may_serve(at->first)) return take_first(at);
        for (auto at = first; at != turn; ++at)
            if (!may_serve || may_serve(at->first)) return take_first(at);
    }
    return nullptr;
}

call_queue::entry* call_queue::take_from(const lane& where) {
    if (lines_.empty() || lines_.begin()->first.kind < where.kind) return nullptr;
    const auto at = lines_.find(where);
    return at == lines_.end() ? nullptr : take_first(at);
}

} // namespace redrive::flow
