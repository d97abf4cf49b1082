#pragma once

#include "cli/table.hpp"
#include "cli/task_table.hpp"
#include "redrive/fleet_results.hpp"

namespace redrive::cli {

[[nodiscard]] std::vector<table_column> outcome_columns(detail_level level);
[[nodiscard]] table::row outcome_cells(const target_outcome& done, detail_level level);
[[nodiscard]] style style_of(outcome value) noexcept;

} // namespace redrive::cli
