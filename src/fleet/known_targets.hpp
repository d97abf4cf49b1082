#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "redrive/fleet_results.hpp"

namespace redrive::detail {

// Which task or queue a target is: half the SHA-256 of what identity_of() says, so that two are
// never the same by chance or by intent. Of one without an identity: nobody.
class target_key {
  public:
    target_key() = default;
    explicit target_key(std::string_view identity);

    [[nodiscard]] bool is_nobody() const noexcept { return *this == target_key{}; }
    friend bool operator==(const target_key&, const target_key&) = default;

    struct hash {
        [[nodiscard]] std::size_t operator()(const target_key& of) const noexcept {
            return of.digest_[0];
        }
    };

  private:
    std::array<std::uint64_t, 2> digest_{};
};

// The targets of a run by what each is: those under way, and the outcomes of the last that were
// settled, so that a duplicate gets the same outcome and is not ordered again. One that was not
// settled is worth another try. Bounded: the oldest that is settled is forgotten, and a forgotten
// one is ordered again, which is safe.
class known_targets {
  public:
    explicit known_targets(std::size_t capacity = 65'536) : capacity_{capacity} {}

    enum class state : std::uint8_t { is_new, under_way, settled };
    // A new one is under way from now on. Nobody is always new.
    [[nodiscard]] state enter(const target_key& which);

    // Of one under way. Keeps what differs between outcomes and nothing that a duplicate says
    // itself; or forgets a target that was not settled.
    void decided(const target_key& which, const target_outcome& out);

    // Writes the outcome of a settled one over `duplicate`, whose input and route stay.
    void recall(const target_key& which, target_outcome& duplicate) const;

  private:
    using wall_time = target_outcome::wall_time;

    // Small, since there are so many. The least value of a number says that it is not known.
    struct entry {
        outcome is = outcome::unknown; // while it is under way
        evidence rests_on = evidence::none;
        std::uint8_t status = 0; // of the names in the .cpp; 0: never read
        bool replaced = false;
        std::int64_t started, confirmed_at, moved_at_list, moved_at_cancel, moved_at_stop;
    };

    std::size_t capacity_;
    // Of nodes, so that its size is flat while entries come and go.
    std::unordered_map<target_key, entry, target_key::hash> known_;
    std::deque<target_key> settled_; // the oldest first
};

} // namespace redrive::detail
