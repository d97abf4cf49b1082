#include "fleet/known_targets.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <limits>

#include "wire/digest.hpp"

namespace redrive::detail {
namespace {

constexpr auto not_known = std::numeric_limits<std::int64_t>::min();

constexpr std::array<std::string_view, 6> statuses{
    "", "RUNNING", "CANCELLING", "CANCELLED", "COMPLETED", "FAILED"};

bool is_settled(const target_outcome& out) noexcept {
    return !out.ec && (out.is == outcome::stopped || out.is == outcome::already_finished ||
                       out.is == outcome::not_running || out.is == outcome::accepted);
}

std::int64_t packed(const std::optional<std::int64_t>& value) noexcept {
    return value.value_or(not_known);
}

std::int64_t packed(const std::optional<target_outcome::wall_time>& value) noexcept {
    return value ? value->time_since_epoch().count() : not_known;
}

void unpack(std::int64_t value, std::optional<std::int64_t>& out) noexcept {
    out = value == not_known ? std::nullopt : std::optional{value};
}

void unpack(std::int64_t value, std::optional<target_outcome::wall_time>& out) noexcept {
    out.reset();
    if (value != not_known) out = target_outcome::wall_time{std::chrono::milliseconds{value}};
}

} // namespace

target_key::target_key(std::string_view identity) {
    if (identity.empty()) return;
    const auto digest = wire::sha256(identity);
    static_assert(sizeof(digest_) <= sizeof(digest));
    std::memcpy(digest_.data(), digest.data(), sizeof(digest_));
}

known_targets::state known_targets::enter(const target_key& which) {
    if (which.is_nobody()) return state::is_new;
    const auto [at, is_new] = known_.try_emplace(which);
    if (is_new) return state::is_new;
    return at->second.is == outcome::unknown ? state::under_way : state::settled;
}

void known_targets::decided(const target_key& which, const target_outcome& out) {
    if (which.is_nobody()) return;
    const auto status = std::find(statuses.begin(), statuses.end(), out.status);
    if (!is_settled(out) || status == statuses.end()) {
        known_.erase(which);
        return;
    }
    auto& kept = known_.find(which)->second;
    kept.is = out.is;
    kept.rests_on = out.rests_on;
    kept.status = static_cast<std::uint8_t>(std::distance(statuses.begin(), status));
    kept.replaced = out.replaced;
    kept.started = packed(out.started);
    kept.confirmed_at = packed(out.confirmed_at);
    kept.moved_at_list = packed(out.moved_at_list);
    kept.moved_at_cancel = packed(out.moved_at_cancel);
    kept.moved_at_stop = packed(out.moved_at_stop);
    settled_.push_back(which);
    if (settled_.size() <= capacity_) return;
    known_.erase(settled_.front());
    settled_.pop_front();
}

void known_targets::recall(const target_key& which, target_outcome& duplicate) const {
    const auto& kept = known_.find(which)->second;
    duplicate.is = kept.is;
    duplicate.rests_on = kept.rests_on;
    duplicate.status = statuses[kept.status];
    duplicate.replaced = kept.replaced;
    unpack(kept.started, duplicate.started);
    unpack(kept.confirmed_at, duplicate.confirmed_at);
    unpack(kept.moved_at_list, duplicate.moved_at_list);
    unpack(kept.moved_at_cancel, duplicate.moved_at_cancel);
    unpack(kept.moved_at_stop, duplicate.moved_at_stop);
}

} // namespace redrive::detail
