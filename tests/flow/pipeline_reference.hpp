#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "flow/pipeline.hpp"

namespace redrive::flow {

// What a pipeline must do, too simple and too slow to be wrong.
class pipeline_reference {
  public:
    using ticket = pipeline::ticket;
    using state = pipeline::slot_state;

    struct call {
        ticket name = 0;
        std::string bytes;
        std::size_t left = 0;
        bool in_batch = false; // of the write under way, or of one that was not finished
        bool held = false;     // by the stream
        bool abandoned = false;
        bool answered = false;

        [[nodiscard]] bool complete() const { return left == bytes.size(); }
        [[nodiscard]] state now() const {
            if (complete()) return state::written;
            return left > 0 || held ? state::writing : state::staged;
        }
    };

    void staged(ticket name, std::string bytes) { calls_.push_back({name, std::move(bytes)}); }

    std::string to_write() {
        const bool unfinished = std::any_of(calls_.begin(), calls_.end(), [](const call& each) {
            return each.in_batch && !each.complete();
        });
        std::string bytes;
        for (auto& each : calls_) {
            if (!unfinished) each.in_batch = true;
            if (!each.in_batch || each.complete()) continue;
            each.held = true;
            bytes += each.bytes.substr(each.left);
        }
        return bytes;
    }

    void wrote(std::size_t n) {
        if (n == 0) return;
        for (auto& each : calls_) {
            if (!each.held) continue;
            const auto part = std::min(n, each.bytes.size() - each.left);
            each.left += part;
            n -= part;
            each.held = false;
        }
        std::erase_if(calls_, [](const call& each) {
            return (each.abandoned && !each.answered && each.now() == state::staged) ||
                   (each.answered && each.complete());
        });
    }

    [[nodiscard]] const call* next_due() const {
        const auto head = std::find_if(calls_.begin(), calls_.end(), unanswered);
        return head != calls_.end() && head->now() != state::staged ? &*head : nullptr;
    }

    void answered() {
        const auto head = std::find_if(calls_.begin(), calls_.end(), unanswered);
        head->answered = true;
        std::erase_if(calls_, [](const call& each) { return each.answered && each.complete(); });
    }

    bool abandoned(ticket name) {
        for (auto it = calls_.begin(); it != calls_.end(); ++it) {
            if (it->name != name || it->abandoned || it->answered) continue;
            if (it->now() == state::staged) {
                calls_.erase(it);
            } else {
                it->abandoned = true;
            }
            return true;
        }
        return false;
    }

    std::vector<pipeline::lost_call> lost() {
        std::vector<pipeline::lost_call> result;
        const auto* due = next_due();
        for (const auto& each : calls_) {
            if (each.abandoned || each.answered) continue;
            const auto fate =
                each.now() == state::staged ? loss_fate::never_sent : loss_fate::maybe_applied;
            result.push_back({each.name, fate, &each == due});
        }
        calls_.clear();
        return result;
    }

    [[nodiscard]] std::size_t in_flight() const {
        return static_cast<std::size_t>(std::count_if(calls_.begin(), calls_.end(), unanswered));
    }

    [[nodiscard]] bool has_to_write() const {
        return std::any_of(
            calls_.begin(), calls_.end(), [](const call& each) { return !each.complete(); });
    }

    // 0, which names no call, beyond the last.
    [[nodiscard]] ticket at_place(std::size_t place) const {
        return place < calls_.size() ? calls_[place].name : 0;
    }

  private:
    static bool unanswered(const call& each) { return !each.answered; }

    std::vector<call> calls_;
};

} // namespace redrive::flow
