#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/style.hpp"

namespace redrive::cli {

struct table_column {
    enum class alignment : std::uint8_t { left, right };

    std::string title;
    alignment align = alignment::left;
    bool shrinks = false; // may be cut when the terminal is narrow
};

struct table_cell {
    std::string text; // raw; the table escapes it
    style as = style::plain;
};

// Rows in columns. The widths follow the first rows, so that a long table can stream in bounded
// memory; what is too wide for a terminal ends in an ellipsis.
class table {
  public:
    using row = std::vector<table_cell>;

    // Without `width` nothing is cut.
    table(std::vector<table_column> columns, std::optional<std::size_t> width, bool colors);

    void add(row cells);
    // The lines that can be shown by now: none until enough rows have come to choose the widths.
    [[nodiscard]] std::string take_ready();
    // All lines that were not taken; nothing for a table without rows.
    [[nodiscard]] std::string take_all();

  private:
    void choose_widths();
    void shrink(std::size_t excess);
    [[nodiscard]] std::string line(const row& cells) const;
    [[nodiscard]] std::string padded(std::size_t column, const table_cell& cell) const;

    std::vector<table_column> columns_;
    std::optional<std::size_t> width_;
    bool colors_;
    std::vector<row> waiting_;
    std::vector<std::size_t> widths_; // empty until they are chosen
};

} // namespace redrive::cli
