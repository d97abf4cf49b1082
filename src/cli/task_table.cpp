#include "cli/task_table.hpp"

#include <fmt/format.h>

#include "cli/duration.hpp"
#include "cli/number.hpp"
#include "wire/instant.hpp"

namespace redrive::cli {
namespace {

// The queue's name says enough; what is no queue ARN is shown whole.
std::string destination_of(const move_task& task) {
    if (task.destination_arn.empty()) return "(original sources)";
    const auto arn = parse_queue_arn(task.destination_arn);
    return arn ? arn->name : task.destination_arn;
}

style style_of(const task_status& status) noexcept {
    switch (status.value()) {
    case task_status::kind::running: return style::bad;
    case task_status::kind::cancelling: return style::warning;
    case task_status::kind::cancelled:
    case task_status::kind::completed: return style::good;
    case task_status::kind::failed: return style::warning;
    case task_status::kind::other: return style::plain;
    }
    return style::plain;
}

std::string age_of(const move_task& task, row_writer::wall_time now) {
    if (task.started == row_writer::wall_time{} || task.started > now) return "?";
    return describe(now - task.started);
}

} // namespace

std::vector<table_column> task_columns(detail_level level) {
    using enum table_column::alignment;
    std::vector<table_column> columns{{"ACCOUNT", left, false},
                                      {"REGION", left, false},
                                      {"QUEUE", left, true},
                                      {"DESTINATION", left, true},
                                      {"STATUS", left, false},
                                      {"RATE", right, false},
                                      {"MOVED/TO MOVE", right, false},
                                      {"AGE", right, false}};
    if (level == detail_level::wide) {
        columns.push_back({"REMAINING", right, false});
        columns.push_back({"STARTED", left, false});
        columns.push_back({"HANDLE", left, true});
        columns.push_back({"FAILURE", left, true});
    }
    return columns;
}

table::row task_cells(const found_task& found, row_writer::wall_time now, detail_level level) {
    const auto& task = found.task;
    const auto rate = task.max_rate ? fmt::format("{}/s", *task.max_rate) : std::string{"auto"};
    const auto progress =
        fmt::format("{}/{}", grouped(task.moved), grouped_or_unknown(task.to_move));
    table::row cells{{found.account},
                     {found.region},
                     {found.queue},
                     {destination_of(task)},
                     {task.status.text(), style_of(task.status)},
                     {rate},
                     {progress},
                     {age_of(task, now)}};
    if (level == detail_level::wide) {
        cells.push_back({grouped_or_unknown(task.remaining())});
        cells.push_back({wire::to_rfc3339(task.started)});
        cells.push_back({task.handle});
        cells.push_back({task.failure_reason});
    }
    return cells;
}

} // namespace redrive::cli
