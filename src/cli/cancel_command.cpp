#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "cli/file_descriptor.hpp"
#include "cli/given_targets.hpp"
#include "cli/number.hpp"
#include "cli/plan.hpp"
#include "cli/planned_targets.hpp"
#include "cli/prompt.hpp"
#include "cli/stop_feed.hpp"
#include "cli/task_search.hpp"
#include "cli/terminal.hpp"
#include "cli/usage_error.hpp"
#include "cli/verbs.hpp"

namespace redrive::cli {
namespace {

using boost::asio::awaitable;

// A plan on its way to being carried out: either it ends here with a code, or it may go on.
using verdict = std::optional<exit_code>;

exit_code end_stop(session& run, outcome_sink& sink, const stop_result& result) {
    if (result.failed) return *result.failed;
    const auto proof =
        run.given().how.no_verify ? stop_options::proof::order_only : stop_options::proof::verify;
    return sink.finish(result.report, code_of_stop(result.report, proof));
}

awaitable<exit_code> stop_at_once(session& run) {
    outcome_sink sink{run};
    if (run.given().what.all) co_return end_stop(run, sink, co_await stop_all(run, sink));
    co_return end_stop(run, sink, co_await stop_given(run, sink, activity::stopping));
}

exit_code refuse_without_terminal(session& run) {
    run.notices().warn("there is no terminal to ask on, so nothing was cancelled: add --yes to go "
                       "on without a question, or --dry-run to see the plan");
    return exit_code::declined;
}

verdict refuse_too_many(session& run, std::uint64_t tasks, bool is_full) {
    const auto ceiling = run.given().how.max_tasks;
    if (is_full) {
        run.notices().warn(fmt::format(
            "more than {} tasks: a plan cannot hold them; narrow the search, or use --yes to stop "
            "them while they are found. Nothing was cancelled",
            grouped(std::uint64_t{plan::most_tasks})));
        return exit_code::declined;
    }
    if (!ceiling || tasks <= *ceiling) return std::nullopt;
    run.notices().warn(fmt::format("{} are more than --max-tasks {}: nothing was cancelled",
                                   counted(tasks, "task"),
                                   grouped(*ceiling)));
    return exit_code::declined;
}

awaitable<verdict> ask(session& run, question about) {
    file_descriptor terminal{open_terminal()};
    if (!terminal) co_return refuse_without_terminal(run);
    terminal_answer answer{run.executor(), terminal.release()};
    run.notices().ask(about.text());
    run.signals().on_first([&] { answer.cancel(); });
    const auto text = co_await answer.read();
    run.signals().on_first({});
    if (run.signals().happened()) {
        run.notices().say("\ninterrupted: nothing was cancelled");
        co_return exit_code::interrupted;
    }
    if (about.is_yes(text)) co_return std::nullopt;
    run.notices().warn("declined: nothing was cancelled");
    co_return exit_code::declined;
}

bool can_ask(session& run) {
    const bool can_answer = run.given().what.uses_of_stdin() > 0 || is_terminal(STDIN_FILENO);
    return run.notices().is_terminal() && can_answer;
}

struct made_plan {
    plan tasks;
    bool is_full = false;
    find_report search;
};

awaitable<verdict> make_plan(session& run,
                             std::optional<std::vector<target>> only,
                             made_plan& made) {
    auto found = co_await search_tasks(run, std::move(only), [&](const found_task& task) {
        if (!made.is_full) made.is_full = !made.tasks.add(task);
    });
    if (found.failed) co_return found.failed;
    if (run.signals().happened()) {
        run.notices().say("interrupted: nothing was cancelled");
        co_return exit_code::interrupted;
    }
    made.search = std::move(found.report);
    made.tasks.sort_worst_first();
    co_return std::nullopt;
}

exit_code show_dry_run(session& run, const made_plan& made) {
    auto rows = run.rows(row_kind::task);
    for (const auto& found : made.tasks.tasks())
        rows.add(found);
    const auto code = run.finish(rows, exit_code::ok);
    run.notices().say(summary_of(made.search, run.how_much()));
    if (made.is_full) run.notices().warn("the plan is cut: it holds no more tasks");
    run.notices().say("dry run, nothing was cancelled: " + made.tasks.summary());
    return code;
}

awaitable<verdict> agree(session& run, const made_plan& made, std::uint64_t unreadable) {
    const auto tasks = made.tasks.tasks().size() + unreadable;
    if (const auto refused = refuse_too_many(run, tasks, made.is_full)) co_return refused;
    run.notices().say(summary_of(made.search, told::problems));
    run.notices().say(made.tasks.text(
        run.time().wall_now(), terminal_width(STDERR_FILENO), run.notices().colors()));
    if (unreadable > 0)
        run.notices().say(
            fmt::format("{} can only be read once cancelled", counted(unreadable, "handle")));
    co_return co_await ask(run, question_for(tasks, made.tasks.accounts()));
}

awaitable<exit_code> carry_out(session& run,
                               std::vector<target> targets,
                               std::optional<find_report> search) {
    outcome_sink sink{run};
    auto result = co_await stop_these(run, sink, std::move(targets));
    result.report.search = std::move(search);
    co_return end_stop(run, sink, result);
}

awaitable<exit_code> plan_search(session& run) {
    const bool dry = run.given().how.dry_run;
    if (!dry && !can_ask(run)) co_return refuse_without_terminal(run);
    made_plan made;
    const auto failed = co_await make_plan(run, std::nullopt, made);
    if (failed) co_return *failed;
    if (dry) co_return show_dry_run(run, made);
    if (made.tasks.tasks().empty()) {
        run.notices().say(summary_of(made.search, run.how_much()));
        run.notices().say("no running redrive was found: there is nothing to cancel");
        co_return code_of_search(made.search);
    }
    const auto refused = co_await agree(run, made, 0);
    if (refused) co_return *refused;
    co_return co_await carry_out(run, planned_targets(made.tasks), std::move(made.search));
}

std::vector<target> readable(const std::vector<target>& given) {
    std::vector<target> result;
    std::copy_if(given.begin(), given.end(), std::back_inserter(result), [](const target& what) {
        return what.source.has_value();
    });
    return result;
}

std::vector<target> with_invalid(std::vector<target> targets, std::vector<target> invalid) {
    std::move(invalid.begin(), invalid.end(), std::back_inserter(targets));
    return targets;
}

awaitable<exit_code> plan_given(session& run) {
    const bool dry = run.given().how.dry_run;
    auto given = co_await collect_targets(run);
    if (run.signals().happened()) co_return exit_code::interrupted;
    if (const auto refused = refuse_too_many(run, 0, given.too_many)) co_return *refused;
    // Nothing is sent for them; their rows still say what is wrong with each.
    if (given.none_is_valid() && !dry)
        co_return co_await carry_out(run, given.invalid, std::nullopt);
    run.notices().say(describe_invalid(given.invalid));
    if (given.none_is_valid()) co_return exit_code::usage;
    if (!dry && !can_ask(run)) co_return refuse_without_terminal(run);
    made_plan made;
    const auto failed = co_await make_plan(run, readable(given.valid), made);
    if (failed) co_return *failed;
    if (dry) co_return show_dry_run(run, made);
    const auto unreadable = count_unreadable(given.valid);
    if (!made.tasks.tasks().empty() || unreadable > 0) {
        const auto refused = co_await agree(run, made, unreadable);
        if (refused) co_return *refused;
    }
    co_return co_await carry_out(
        run,
        with_invalid(planned_targets(std::move(given.valid), made.tasks), std::move(given.invalid)),
        std::move(made.search));
}

} // namespace

awaitable<exit_code> run_cancel(session& run) {
    if (const auto bad = run.check()) co_return *bad;
    const auto& given = run.given();
    // Not one conditional expression: GCC 12 would await both of its branches.
    if (given.how.yes && !given.how.dry_run) co_return co_await stop_at_once(run);
    if (given.what.all) co_return co_await plan_search(run);
    co_return co_await plan_given(run);
}

} // namespace redrive::cli
