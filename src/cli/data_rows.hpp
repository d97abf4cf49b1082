#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/data_stream.hpp"
#include "cli/options.hpp"
#include "cli/table.hpp"
#include "cli/task_table.hpp"
#include "redrive/fleet_results.hpp"
#include "redrive/time_source.hpp"

namespace redrive::cli {

enum class row_kind : std::uint8_t { task, outcome };

// The rows of one run on stdout, in the chosen format.
class data_rows {
  public:
    struct layout {
        output_format format = output_format::ndjson;
        std::optional<std::size_t> width; // of the terminal
        bool colors = false;
    };

    data_rows(row_kind kind, layout how, data_stream& out, const time_source& time);

    void add(const found_task& found);
    void add(const target_outcome& done);
    // Nothing follows. Writes the end of what is open and waits for the reader.
    void finish();

  private:
    template <class Row>
    void add_record(const Row& value);
    template <class Row>
    void add_json(const Row& value);
    void add_name(const std::string& source_arn);

    data_stream& out_;
    const time_source& time_;
    layout how_;
    detail_level level_;
    std::optional<table> table_;
    std::string json_; // of one row; kept, so that the next needs no memory
    std::uint64_t rows_ = 0;
};

} // namespace redrive::cli
