#pragma once

#include <cstdint>
#include <vector>

#include "cli/plan.hpp"
#include "redrive/target.hpp"

namespace redrive::cli {

// The targets of an agreed plan that was found by searching, worst first.
[[nodiscard]] std::vector<target> planned_targets(const plan& agreed);

// Given targets, each with the task that the plan shows for it; worst first, then those that the
// plan does not show.
[[nodiscard]] std::vector<target> planned_targets(std::vector<target> given, const plan& agreed);

// Handles that do not name their queue: nothing can be shown about them before they are cancelled.
[[nodiscard]] std::uint64_t count_unreadable(const std::vector<target>& given) noexcept;

} // namespace redrive::cli
