#include "cli/table.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "cli/text_escape.hpp"
#include "cli/text_width.hpp"

namespace redrive::cli {
namespace {

constexpr std::size_t rows_before_widths = 1000;
constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 8;

} // namespace

table::table(std::vector<table_column> columns, std::optional<std::size_t> width, bool colors)
    : columns_{std::move(columns)}, width_{width}, colors_{colors} {}

void table::add(row cells) {
    for (auto& cell : cells)
        cell.text = escaped(cell.text);
    waiting_.push_back(std::move(cells));
}

std::string table::take_ready() {
    const bool ready = !widths_.empty() || waiting_.size() >= rows_before_widths;
    return ready ? take_all() : std::string{};
}

std::string table::take_all() {
    if (waiting_.empty()) return {};
    std::string out;
    if (widths_.empty()) {
        choose_widths();
        row titles;
        for (const auto& column : columns_)
            titles.push_back({column.title, style::title});
        out += line(titles);
    }
    for (const auto& cells : waiting_)
        out += line(cells);
    waiting_.clear();
    return out;
}

void table::choose_widths() {
    for (const auto& column : columns_)
        widths_.push_back(width_of(column.title));
    for (const auto& cells : waiting_)
        for (std::size_t i = 0; i < widths_.size(); ++i)
            widths_[i] = std::max(widths_[i], width_of(cells[i].text));
    const auto total = std::accumulate(widths_.begin(), widths_.end(), gap * (columns_.size() - 1));
    if (width_ && total > *width_) shrink(total - *width_);
}

// Takes cells from the widest column that may shrink, one by one, so that they end up alike.
void table::shrink(std::size_t excess) {
    for (; excess > 0; --excess) {
        std::size_t* widest = nullptr;
        for (std::size_t i = 0; i < widths_.size(); ++i) {
            const auto least = std::max(narrowest, width_of(columns_[i].title));
            if (!columns_[i].shrinks || widths_[i] <= least) continue;
            if (widest == nullptr || widths_[i] > *widest) widest = &widths_[i];
        }
        if (widest == nullptr) return;
        --*widest;
    }
}

std::string table::line(const row& cells) const {
    std::string out;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (i > 0) out.append(gap, ' ');
        out += padded(i, cells[i]);
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return out += '\n';
}

std::string table::padded(std::size_t column, const table_cell& cell) const {
    const auto shown = width_ ? shortened(cell.text, widths_[column]) : cell.text;
    const auto cells = width_of(shown);
    const std::string padding(widths_[column] > cells ? widths_[column] - cells : 0, ' ');
    const auto text = painted(shown, cell.as, colors_);
    return columns_[column].align == table_column::alignment::left ? text + padding
                                                                   : padding + text;
}

} // namespace redrive::cli
