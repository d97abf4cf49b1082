#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "redrive/fleet_results.hpp"

namespace redrive::cli {

// What could not be confirmed or searched, grouped by reason, each with its next step. Bounded: a
// hundred reasons, of each the first places.
class reason_groups {
  public:
    // Only outcomes that somebody has to look at are kept.
    void add(const target_outcome& done);
    void add(const unsearched_part& part);

    [[nodiscard]] bool empty() const noexcept { return groups_.empty(); }
    // Two or three escaped lines a reason, the most frequent first.
    [[nodiscard]] std::string text() const;

  private:
    struct group {
        std::string what;      // outcome or cause, and its code
        std::string said = {}; // the first message
        std::string next = {}; // the next step
        std::uint64_t count = 0;
        std::vector<std::string> places = {};
    };
    using key = std::tuple<std::string, std::string, std::string>;

    // `said` and `place` are functions: of most outcomes nobody wants to know them.
    template <class Said, class Place>
    void add(std::string what, std::string next, Said said, Place place);

    std::map<key, group> groups_;
};

} // namespace redrive::cli
