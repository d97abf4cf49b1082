#include "flow/pipeline.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace redrive::flow {

void pipeline::staged(ticket call) {
    const auto end = next_begin() + next_.size();
    auto begin = next_begin();
    if (!slots_.empty()) begin = std::max(begin, slots_.back().end);
    assert(begin < end && "a request has bytes");
    if (slots_.full()) slots_.set_capacity(2 * slots_.capacity());
    slots_.push_back({call, begin, end, slot_state::staged, false});
}

bool pipeline::has_to_write() const noexcept {
    return written_in_out_ < out_.size() || !next_.empty();
}

std::string_view pipeline::to_write() {
    if (written_in_out_ == out_.size()) {
        out_begin_ = next_begin();
        out_.clear();
        written_in_out_ = 0;
        out_.swap(next_);
    }
    for (auto& each : slots_) {
        if (each.end > next_begin()) break;
        if (each.state == slot_state::staged) each.state = slot_state::writing;
    }
    return std::string_view{out_}.substr(written_in_out_);
}

void pipeline::wrote(std::size_t n) {
    assert(n <= out_.size() - written_in_out_);
    if (n == 0) return;
    written_in_out_ += n;
    settle(out_begin_ + written_in_out_);
    take_out_abandoned();
}

void pipeline::settle(std::uint64_t position) {
    for (auto& each : slots_) {
        if (each.state != slot_state::writing) continue;
        if (each.end <= position) {
            each.state = slot_state::written;
        } else {
            each.state = each.begin < position ? slot_state::writing : slot_state::staged;
        }
    }
}

std::optional<pipeline::due> pipeline::next_due() const noexcept {
    if (slots_.empty() || slots_.front().state == slot_state::staged) return std::nullopt;
    const auto& head = slots_.front();
    return due{head.call, head.abandoned, head.state};
}

void pipeline::answered() {
    assert(next_due());
    slots_.pop_front();
}

bool pipeline::abandoned(ticket call) {
    const auto it = std::find_if(slots_.begin(), slots_.end(), [call](const slot& each) {
        return each.call == call && !each.abandoned;
    });
    if (it == slots_.end()) return false;
    if (it->state == slot_state::staged) {
        take_out(it);
    } else {
        it->abandoned = true;
    }
    return true;
}

// Abandoned while its bytes were handed out, and none of them left after all.
void pipeline::take_out_abandoned() {
    for (auto it = slots_.begin(); it != slots_.end();) {
        const bool unsent = it->abandoned && it->state == slot_state::staged;
        it = unsent ? take_out(it) : std::next(it);
    }
}

pipeline::slots::iterator pipeline::take_out(slots::iterator it) {
    const auto length = it->end - it->begin;
    const bool in_out = it->begin < next_begin();
    auto& bytes = in_out ? out_ : next_;
    const auto offset = it->begin - (in_out ? out_begin_ : next_begin());
    bytes.erase(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
    it = slots_.erase(it);
    std::for_each(it, slots_.end(), [length](slot& each) {
        each.begin -= length;
        each.end -= length;
    });
    return it;
}

std::vector<pipeline::lost_call> pipeline::lost() {
    const auto head = next_due();
    std::vector<lost_call> calls;
    calls.reserve(slots_.size());
    for (const auto& each : slots_) {
        if (each.abandoned) continue;
        const bool unsent = each.state == slot_state::staged;
        calls.push_back({each.call,
                         unsent ? loss_fate::never_sent : loss_fate::maybe_applied,
                         head && calls.empty() && !head->abandoned});
    }
    slots_.clear();
    next_.clear();
    written_in_out_ = out_.size(); // the bytes stay: the stream may still look at them
    return calls;
}

} // namespace redrive::flow
