#include "cli/progress.hpp"

#include <fmt/format.h>

#include <vector>

#include "cli/duration.hpp"
#include "cli/number.hpp"

namespace redrive::cli {
namespace {

std::string searched(const fleet_progress& now) {
    return fmt::format("searched {}/{} regions, {}/{} queues, found {}",
                       grouped(now.parts_searched),
                       grouped(now.parts),
                       grouped(now.queues_read),
                       grouped(now.queues),
                       counted(now.found, "task"));
}

std::string decided(const fleet_progress& now) {
    return fmt::format("{} of {} decided", grouped(now.decided), counted(now.targets, "target"));
}

} // namespace

std::string progress_line(const fleet_progress& now,
                          activity what,
                          std::chrono::milliseconds elapsed) {
    std::vector<std::string> parts;
    if (now.parts > 0) parts.push_back(searched(now));
    if (what == activity::stopping)
        parts.push_back(fmt::format("ordered {}, accepted {}, confirmed {}, {}",
                                    grouped(now.ordered),
                                    grouped(now.accepted),
                                    grouped(now.confirmed),
                                    decided(now)));
    if (what == activity::verifying) parts.push_back(decided(now));
    if (now.throttled > 0) parts.push_back(fmt::format("throttled {}", grouped(now.throttled)));
    parts.push_back(describe(elapsed));
    return fmt::format("{}", fmt::join(parts, " | "));
}

} // namespace redrive::cli
