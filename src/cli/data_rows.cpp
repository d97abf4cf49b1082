#include "cli/data_rows.hpp"

#include "cli/csv_row.hpp"
#include "cli/json_row.hpp"
#include "cli/outcome_table.hpp"
#include "cli/rows.hpp"
#include "cli/text_escape.hpp"

namespace redrive::cli {
namespace {

void write_fields(row_writer& row, const found_task& found, const time_source& time) {
    write_row(row, found, time.wall_now());
}

void write_fields(row_writer& row, const target_outcome& done, const time_source&) {
    write_row(row, done);
}

std::string csv_header(row_kind kind, const time_source& time) {
    csv_row row;
    if (kind == row_kind::task)
        write_fields(row, found_task{}, time);
    else
        write_fields(row, target_outcome{}, time);
    return row.header() + "\n";
}

table::row cells_of(const found_task& found, detail_level level, const time_source& time) {
    return task_cells(found, time.wall_now(), level);
}

table::row cells_of(const target_outcome& done, detail_level level, const time_source&) {
    return outcome_cells(done, level);
}

const std::string& source_of(const found_task& found) {
    return found.task.source_arn;
}

const std::string& source_of(const target_outcome& done) {
    return done.source_arn;
}

} // namespace

data_rows::data_rows(row_kind kind, layout how, data_stream& out, const time_source& time)
    : out_{out}, time_{time}, how_{how}, level_{how.format == output_format::wide
                                                    ? detail_level::wide
                                                    : detail_level::normal} {
    if (how.format == output_format::table || how.format == output_format::wide)
        table_.emplace(kind == row_kind::task ? task_columns(level_) : outcome_columns(level_),
                       how.width,
                       how.colors);
    if (how.format == output_format::csv) out_.write(csv_header(kind, time));
}

void data_rows::add(const found_task& found) {
    add_record(found);
}

void data_rows::add(const target_outcome& done) {
    add_record(done);
}

template <class Row>
void data_rows::add_record(const Row& value) {
    switch (how_.format) {
    case output_format::table:
    case output_format::wide:
        table_->add(cells_of(value, level_, time_));
        out_.write(table_->take_ready());
        break;
    case output_format::json:
    case output_format::ndjson: add_json(value); break;
    case output_format::csv: {
        csv_row row;
        write_fields(row, value, time_);
        out_.write(row.record() + "\n");
        break;
    }
    case output_format::name: add_name(source_of(value)); break;
    }
    ++rows_;
}

template <class Row>
void data_rows::add_json(const Row& value) {
    json_.clear();
    if (how_.format == output_format::json) json_ += rows_ == 0 ? "[" : ",\n";
    json_row row{json_};
    write_fields(row, value, time_);
    row.finish();
    if (how_.format == output_format::ndjson) json_ += '\n';
    out_.write(json_);
}

void data_rows::add_name(const std::string& source_arn) {
    if (!source_arn.empty()) out_.write(escaped(source_arn) + "\n");
}

void data_rows::finish() {
    if (table_) out_.write(table_->take_all());
    if (how_.format == output_format::json) out_.write(rows_ == 0 ? "[]\n" : "]\n");
    out_.flush();
}

} // namespace redrive::cli
