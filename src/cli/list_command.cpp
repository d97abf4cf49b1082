#include <fmt/format.h>

#include <optional>
#include <utility>

#include "cli/given_targets.hpp"
#include "cli/plan.hpp"
#include "cli/task_search.hpp"
#include "cli/usage_error.hpp"
#include "cli/verbs.hpp"

namespace redrive::cli {
namespace {

// A table is sorted as far as memory allows; every other format streams.
class found_rows {
  public:
    explicit found_rows(session& run) : run_{run}, rows_{run.rows(row_kind::task)} {}

    void add(const found_task& found) {
        if (run_.shows_tables() && sorted_.add(found)) return;
        rows_.add(found);
    }
    [[nodiscard]] exit_code finish(exit_code code) {
        sorted_.sort_worst_first();
        for (const auto& found : sorted_.tasks())
            rows_.add(found);
        return run_.finish(rows_, code);
    }

  private:
    session& run_;
    data_rows rows_;
    plan sorted_;
};

exit_code code_of(const session& run, const find_report& report, bool has_invalid) {
    auto code = code_of_search(report);
    if (has_invalid) code = worse(code, exit_code::not_confirmed);
    const bool none = run.given().output.exit_code && report.matched == 0;
    return none ? worse(code, exit_code::not_confirmed) : code;
}

} // namespace

boost::asio::awaitable<exit_code> run_list(session& run) {
    if (const auto bad = run.check()) co_return *bad;
    std::optional<std::vector<target>> only;
    given_targets given;
    if (run.given().what.names_targets()) {
        given = co_await collect_targets(run);
        run.notices().say(describe_invalid(given.invalid));
        if (run.signals().happened()) co_return exit_code::interrupted;
        if (given.too_many)
            throw usage_error{"more than 100,000 targets: list them in several runs"};
        if (given.none_is_valid()) co_return exit_code::usage;
        only = std::move(given.valid);
    }
    found_rows rows{run};
    auto found = co_await search_tasks(
        run, std::move(only), [&](const found_task& task) { rows.add(task); });
    if (found.failed) co_return *found.failed;
    const bool reader_left = run.data().reader_is_gone();
    const auto code = rows.finish(code_of(run, found.report, !given.invalid.empty()));
    if (reader_left || run.data().reader_is_gone()) co_return exit_code::ok;
    run.notices().say(summary_of(found.report, run.how_much()));
    co_return run.signals().happened() ? exit_code::interrupted : code;
}

} // namespace redrive::cli
