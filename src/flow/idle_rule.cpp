#include "flow/idle_rule.hpp"

#include <algorithm>

namespace redrive::flow {
namespace {

// A server that closes at once may be going away, which says nothing of the next one.
constexpr std::chrono::seconds shortest_life{1};

// What is closed just before its time is not closed by the server while a request is on its way.
constexpr int tenths_of_observed = 8;

constexpr std::size_t places = 8; // of ages, over the last fifth of the oldest

} // namespace

void idle_rule::closed_by_server(duration idle) noexcept {
    life_ = std::min(life_, std::max<duration>(idle * tenths_of_observed / 10, shortest_life));
}

bool idle_rule::trusts(duration idle) const noexcept {
    return idle < std::min(limits_.trust, life_);
}

idle_rule::duration idle_rule::oldest(std::size_t n) const noexcept {
    return limits_.oldest - limits_.oldest / 5 * static_cast<int>(n % places) / places;
}

} // namespace redrive::flow
