#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "redrive/fleet_results.hpp"

namespace redrive::detail {

// The targets of a run by what each is: those under way, and the outcomes of the last that were
// settled, so that a duplicate gets the same outcome and is not ordered again. One that was not
// settled is worth another try. Bounded: the oldest that is settled is forgotten, and a forgotten
// one is ordered again, which is safe.
class known_targets {
  public:
    explicit known_targets(std::size_t capacity = 65'536) : capacity_{capacity} {}

    // Names an entry while its target is under way or remembered.
    using place = std::uint32_t;
    static constexpr place nowhere = std::numeric_limits<place>::max();

    enum class state : std::uint8_t { is_new, under_way, settled };
    struct found {
        state is = state::is_new;
        place at = nowhere;
    };
    // A new one is under way from now on. One without an identity is always new.
    [[nodiscard]] found enter(std::string_view identity);

    // Keeps what differs between outcomes and nothing that a duplicate says itself; or forgets a
    // target that was not settled.
    void decided(place at, const target_outcome& out);

    // Writes the outcome of a settled one over `duplicate`, whose input and route stay.
    void recall(place at, target_outcome& duplicate) const;

  private:
    using wall_time = target_outcome::wall_time;

    struct entry {
        std::string identity;
        outcome is = outcome::unknown; // while it is under way
        evidence rests_on = evidence::none;
        bool replaced = false;
        task_status status;
        std::optional<wall_time> started, confirmed_at;
        std::optional<std::int64_t> moved_at_list, moved_at_cancel, moved_at_stop;
    };
    struct hash_of_text {
        using is_avalanching = void;
        [[nodiscard]] std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };

    [[nodiscard]] place free_place();
    void forget(place at);

    std::size_t capacity_;
    std::deque<entry> entries_; // by place; those that are free keep the room of their texts
    std::vector<place> free_;
    boost::unordered_flat_map<std::string_view, place, hash_of_text> by_identity_;
    std::deque<place> settled_; // the oldest first
};

} // namespace redrive::detail
