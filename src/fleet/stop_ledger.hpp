#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "fleet/known_targets.hpp"
#include "redrive/fleet_results.hpp"

namespace redrive::detail {

// The books of one run: every target that was taken gets exactly one outcome, duplicates share one
// order, and outcomes leave as they come or in input order. Passive.
class stop_ledger {
  public:
    explicit stop_ledger(bool in_order) : in_order_{in_order} {}

    enum class admission : std::uint8_t {
        work,     // a task of its own: decide it
        follower, // the same as one under way: decided with it
        known,    // the same as one that was decided: its outcome is ready
    };
    // Takes a target; `number` counts all of them from 0, in the order in which they were taken.
    [[nodiscard]] admission take(std::uint64_t number,
                                 const target_key& which,
                                 const target_outcome& blank);
    // The work on a target ended. Its followers end with it.
    void decide(std::uint64_t number, const target_key& which, target_outcome&& outcome);
    // An outcome that needs no work: invalid, skipped.
    void decide_at_once(std::uint64_t number, target_outcome&& outcome);

    struct decided {
        target_outcome outcome;
        bool is_duplicate = false; // its task is another target's too, and counted there
    };
    // Puts the outcomes that may leave now, in order, in place of what `leaving` holds.
    void release(std::vector<decided>& leaving);
    [[nodiscard]] bool has_ready() const noexcept { return !ready_.empty(); }
    [[nodiscard]] bool all_decided() const noexcept { return open_ == 0; }
    // Targets that were taken and whose outcome has not left.
    [[nodiscard]] std::uint64_t held() const noexcept {
        return open_ + ready_.size() + early_.size();
    }

  private:
    struct follower {
        std::uint64_t number;
        target_outcome blank;
    };

    void add(std::uint64_t number, target_outcome&& outcome, bool is_duplicate);
    [[nodiscard]] std::vector<follower> followers_of(const target_key& which);

    bool in_order_;
    std::uint64_t open_ = 0;
    std::uint64_t next_out_ = 0;
    std::vector<decided> ready_;             // may leave
    std::map<std::uint64_t, decided> early_; // in order only: waits for others before it
    known_targets known_;
    std::unordered_map<target_key, std::vector<follower>, target_key::hash> followers_;
};

} // namespace redrive::detail
