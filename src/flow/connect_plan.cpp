#include "flow/connect_plan.hpp"

#include <algorithm>

namespace redrive::flow {
namespace {

using positions = std::vector<std::size_t>;

// One of each family in turn, beginning with that of the first; the rest of the longer at the end.
void append_interleaved(positions& order,
                        const std::vector<connect_candidate>& addresses,
                        const positions& chosen) {
    if (chosen.empty()) return;
    const auto first_kind = addresses[chosen.front()].kind;
    positions same, other;
    for (const auto at : chosen)
        (addresses[at].kind == first_kind ? same : other).push_back(at);
    for (std::size_t i = 0; i < std::max(same.size(), other.size()); ++i) {
        if (i < same.size()) order.push_back(same[i]);
        if (i < other.size()) order.push_back(other[i]);
    }
}

positions order_of(const std::vector<connect_candidate>& addresses) {
    positions hopeful, doubtful, order;
    for (std::size_t i = 0; i < addresses.size(); ++i)
        (addresses[i].failed_lately ? doubtful : hopeful).push_back(i);
    append_interleaved(order, addresses, hopeful);
    append_interleaved(order, addresses, doubtful);
    return order;
}

} // namespace

connect_plan::connect_plan(const std::vector<connect_candidate>& addresses, connect_timing timing)
    : timing_{timing}, order_{order_of(addresses)} {
    std::reverse(order_.begin(), order_.end());
}

std::optional<std::size_t> connect_plan::to_start(time now) {
    if (order_.empty()) return std::nullopt;
    if (!under_way_.empty() && now < next_start_) return std::nullopt;
    const auto address = order_.back();
    order_.pop_back();
    under_way_.push_back({address, now});
    next_start_ = now + timing_.stagger;
    return address;
}

std::optional<std::size_t> connect_plan::to_give_up(time now) {
    if (under_way_.empty() || now < under_way_.front().since + timing_.limit) return std::nullopt;
    const auto address = under_way_.front().address;
    failed(address, now);
    return address;
}

void connect_plan::failed(std::size_t address, time now) {
    std::erase_if(under_way_, [&](const attempt& each) { return each.address == address; });
    next_start_ = now;
}

std::optional<connect_plan::time> connect_plan::next_event() const {
    if (under_way_.empty()) return order_.empty() ? std::nullopt : std::optional{next_start_};
    const auto expiry = under_way_.front().since + timing_.limit;
    return order_.empty() ? expiry : std::min(expiry, next_start_);
}

bool connect_plan::exhausted() const noexcept {
    return order_.empty() && under_way_.empty();
}

} // namespace redrive::flow
