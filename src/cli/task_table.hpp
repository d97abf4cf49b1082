#pragma once

#include "cli/row_writer.hpp"
#include "cli/table.hpp"
#include "redrive/fleet_results.hpp"

namespace redrive::cli {

enum class detail_level : std::uint8_t { normal, wide };

[[nodiscard]] std::vector<table_column> task_columns(detail_level level);
[[nodiscard]] table::row task_cells(const found_task& found,
                                    row_writer::wall_time now,
                                    detail_level level);

} // namespace redrive::cli
