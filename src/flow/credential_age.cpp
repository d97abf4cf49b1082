#include "flow/credential_age.hpp"

#include <algorithm>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds refreshed_ahead = 5min;
constexpr milliseconds most_jitter = 1min;
constexpr milliseconds over_ahead = 10s;
constexpr milliseconds shortest_hold_off = 30s;

milliseconds share(milliseconds most, double random) {
    return std::chrono::duration_cast<milliseconds>(
        random * std::chrono::duration<double, std::milli>{most});
}

} // namespace

void credential_age::loaded(std::optional<wire::wall_time> usable_until,
                            wire::wall_time now,
                            double random) {
    replace_at_.reset();
    over_at_.reset();
    if (!usable_until) return;
    over_at_ = *usable_until - over_ahead;
    // Those that last for minutes only are replaced in the second half of their life.
    const auto ahead = refreshed_ahead - share(most_jitter, random);
    replace_at_ = std::max(*usable_until - ahead, now + (*over_at_ - now) / 2);
}

void credential_age::refresh_failed(wire::wall_time now, double random) {
    if (replace_at_) replace_at_ = now + shortest_hold_off + share(shortest_hold_off, random);
}

credential_age::state credential_age::at(wire::wall_time now) const noexcept {
    if (over_at_ && now >= *over_at_) return state::over;
    if (replace_at_ && now >= *replace_at_) return state::aging;
    return state::fresh;
}

} // namespace redrive::flow
