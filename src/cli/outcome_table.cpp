#include "cli/outcome_table.hpp"

#include "cli/error_name.hpp"
#include "cli/number.hpp"
#include "wire/instant.hpp"

namespace redrive::cli {
namespace {

std::string time_or_nothing(const std::optional<target_outcome::wall_time>& at) {
    return at ? wire::to_rfc3339(*at) : std::string{};
}

std::optional<std::int64_t> last_known_moved(const target_outcome& done) {
    if (done.moved_at_stop) return done.moved_at_stop;
    return done.moved_at_cancel ? done.moved_at_cancel : done.moved_at_list;
}

// A target that has no queue is shown as it was given.
const std::string& name_of(const target_outcome& done) {
    return done.queue.empty() ? done.input.text : done.queue;
}

std::string note_of(const target_outcome& done) {
    if (done.replaced) return "a NEW redrive runs on this queue";
    if (!done.hint.empty()) return done.hint;
    return sentence_of(done.ec, done.info);
}

} // namespace

style style_of(outcome value) noexcept {
    switch (value) {
    case outcome::stopped:
    case outcome::already_finished:
    case outcome::not_running: return style::good;
    case outcome::accepted:
    case outcome::skipped:
    case outcome::not_found: return style::warning;
    case outcome::invalid:
    case outcome::unknown:
    case outcome::denied:
    case outcome::throttled:
    case outcome::unreachable: return style::bad;
    }
    return style::plain;
}

std::vector<table_column> outcome_columns(detail_level level) {
    using enum table_column::alignment;
    std::vector<table_column> columns{{"OUTCOME", left, false},
                                      {"ACCOUNT", left, false},
                                      {"REGION", left, false},
                                      {"QUEUE", left, true},
                                      {"MOVED", right, false},
                                      {"DRIFT", right, false}};
    if (level == detail_level::wide) {
        columns.push_back({"STATUS", left, false});
        columns.push_back({"ATTEMPTS", right, false});
        columns.push_back({"STARTED", left, false});
        columns.push_back({"ORDERED", left, false});
        columns.push_back({"CONFIRMED", left, false});
    }
    columns.push_back({"NOTE", left, true});
    return columns;
}

table::row outcome_cells(const target_outcome& done, detail_level level) {
    table::row cells{{std::string{to_string(done.is)}, style_of(done.is)},
                     {done.account},
                     {done.region},
                     {name_of(done)},
                     {grouped_or_unknown(last_known_moved(done))},
                     {grouped_or_unknown(done.drift())}};
    if (level == detail_level::wide) {
        cells.push_back({done.status});
        cells.push_back({std::to_string(done.attempts)});
        cells.push_back({time_or_nothing(done.started)});
        cells.push_back({time_or_nothing(done.ordered_at)});
        cells.push_back({time_or_nothing(done.confirmed_at)});
    }
    cells.push_back({note_of(done), done.replaced ? style::bad : style::plain});
    return cells;
}

} // namespace redrive::cli
