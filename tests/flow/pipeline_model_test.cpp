// Random courses of events against a reference that is too simple and too slow to be wrong.

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "flow/pipeline.hpp"

namespace redrive::flow {
namespace {

class reference {
  public:
    using ticket = pipeline::ticket;
    using state = pipeline::slot_state;

    struct call {
        ticket name;
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

    [[nodiscard]] std::optional<ticket> any(std::size_t index) const {
        if (calls_.empty()) return std::nullopt;
        return calls_[index % calls_.size()].name;
    }

  private:
    static bool unanswered(const call& each) { return !each.answered; }

    std::vector<call> calls_;
};

class course {
  public:
    explicit course(std::uint64_t seed) : random_{seed} {}

    void step() {
        switch (below(16)) {
        case 0:
        case 1:
        case 2:
        case 3: stage(); break;
        case 4:
        case 5:
        case 6: begin_write(); break;
        case 7:
        case 8:
        case 9: end_write(); break;
        case 10:
        case 11:
        case 12: answer(); break;
        case 13:
        case 14: abandon(); break;
        default:
            if (below(20) == 0) lose();
        }
        compare();
    }

  private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

    void stage() {
        if (!real_.has_room(6)) return;
        const auto name = ++last_ticket_;
        const std::string bytes(1 + below(12), static_cast<char>('a' + name % 26));
        real_.staging().append(bytes);
        real_.staged(name);
        model_.staged(name, bytes);
    }

    void begin_write() {
        const auto bytes = real_.to_write();
        ASSERT_EQ(bytes, model_.to_write());
        ASSERT_TRUE(held_.empty() || bytes == held_) << "the stream's bytes changed";
        held_ = bytes;
    }

    void end_write() {
        if (held_.empty()) return;
        ASSERT_EQ(held_, real_.to_write()) << "the stream's bytes changed";
        const auto n = below(3) == 0 ? held_.size() : below(held_.size() + 1);
        real_.wrote(n);
        model_.wrote(n);
        if (n > 0) held_.clear();
    }

    void answer() {
        if (!real_.next_due()) return;
        real_.answered();
        model_.answered();
    }

    void abandon() {
        const auto name = below(10) == 0 ? below(last_ticket_ + 2) : model_.any(below(100));
        if (!name) return;
        ASSERT_EQ(real_.abandoned(*name), model_.abandoned(*name));
    }

    void lose() {
        const auto real = real_.lost();
        const auto expected = model_.lost();
        ASSERT_EQ(real.size(), expected.size());
        for (std::size_t i = 0; i < real.size(); ++i) {
            ASSERT_EQ(real[i].call, expected[i].call);
            ASSERT_EQ(real[i].fate, expected[i].fate);
            ASSERT_EQ(real[i].was_due, expected[i].was_due);
        }
        held_.clear();
    }

    void compare() {
        ASSERT_EQ(real_.in_flight(), model_.in_flight());
        ASSERT_EQ(real_.idle(), model_.in_flight() == 0);
        ASSERT_EQ(real_.has_to_write(), model_.has_to_write());
        const auto due = real_.next_due();
        const auto* expected = model_.next_due();
        ASSERT_EQ(due.has_value(), expected != nullptr);
        if (!due) return;
        ASSERT_EQ(due->call, expected->name);
        ASSERT_EQ(due->abandoned, expected->abandoned);
        ASSERT_EQ(due->state, expected->now());
    }

    std::mt19937_64 random_;
    pipeline real_;
    reference model_;
    std::string held_; // what the stream was given
    pipeline::ticket last_ticket_ = 0;
};

TEST(PipelineModel, AgreesWithTheReferenceOnEveryRandomCourse) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        course run{seed};
        for (int i = 0; i < 5'000; ++i) {
            run.step();
            if (HasFatalFailure()) FAIL() << "at step " << i;
        }
    }
}

} // namespace
} // namespace redrive::flow
