#pragma once

#include "cli/row_writer.hpp"
#include "redrive/fleet_results.hpp"

namespace redrive::cli {

// The fields of a row, in the order of its schema.

// redrive.task/1; `now` gives the age.
void write_row(row_writer& row, const found_task& found, row_writer::wall_time now);
// redrive.outcome/1
void write_row(row_writer& row, const target_outcome& done);

} // namespace redrive::cli
