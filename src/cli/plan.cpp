#include "cli/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "cli/number.hpp"
#include "cli/task_table.hpp"

namespace redrive::cli {
namespace {

constexpr std::size_t most_shown = 50;

} // namespace

bool plan::add(found_task found) {
    if (tasks_.size() >= most_tasks) return false;
    tasks_.push_back(std::move(found));
    return true;
}

void plan::sort_worst_first() {
    std::stable_sort(tasks_.begin(), tasks_.end(), [](const found_task& a, const found_task& b) {
        return a.task.damage() > b.task.damage();
    });
}

std::size_t plan::accounts() const {
    std::set<std::string_view> seen;
    for (const auto& found : tasks_)
        seen.insert(found.account);
    return seen.size();
}

std::size_t plan::regions() const {
    std::set<std::string_view> seen;
    for (const auto& found : tasks_)
        seen.insert(found.region);
    return seen.size();
}

std::string plan::text(row_writer::wall_time now,
                       std::optional<std::size_t> width,
                       bool colors) const {
    table rows{task_columns(detail_level::normal), width, colors};
    const auto shown = std::min(tasks_.size(), most_shown);
    for (std::size_t i = 0; i < shown; ++i)
        rows.add(task_cells(tasks_[i], now, detail_level::normal));
    auto out = rows.take_all();
    if (shown < tasks_.size())
        out += fmt::format("... and {} more (--dry-run lists them all)\n",
                           grouped(std::uint64_t{tasks_.size() - shown}));
    return out + summary();
}

std::string plan::summary() const {
    return fmt::format("{} in {} and {}. Messages that were moved will not move back, and messages "
                       "may keep moving for some seconds after a cancel.\n",
                       counted(tasks_.size(), "task"),
                       counted(accounts(), "account"),
                       counted(regions(), "region"));
}

} // namespace redrive::cli
