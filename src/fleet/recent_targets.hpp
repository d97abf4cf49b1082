#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>

#include "redrive/fleet_results.hpp"

namespace redrive::detail {

// The outcomes of the last targets that were settled, by what each target is, so that a duplicate
// gets the same outcome and is not ordered again. One that was not settled is worth another try.
// Bounded: the oldest is forgotten, and a forgotten one is ordered again, which is safe.
class recent_targets {
  public:
    explicit recent_targets(std::size_t capacity = 65'536) : capacity_{capacity} {}

    // Keeps what differs between outcomes and nothing that the duplicate says itself.
    void remember(const std::string& identity, const target_outcome& decided);

    // Writes the remembered outcome over `duplicate`, whose input and route stay; false when there
    // is none.
    [[nodiscard]] bool recall(const std::string& identity, target_outcome& duplicate) const;

  private:
    using wall_time = target_outcome::wall_time;

    struct entry {
        outcome is;
        evidence rests_on;
        task_status status;
        std::optional<wall_time> started, confirmed_at;
        std::optional<std::int64_t> moved_at_list, moved_at_cancel, moved_at_stop;
        bool replaced;
    };

    std::size_t capacity_;
    std::unordered_map<std::string, entry> known_;
    std::deque<const std::string*> by_age_; // the keys of known_
};

} // namespace redrive::detail
