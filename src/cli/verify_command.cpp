#include "cli/given_targets.hpp"
#include "cli/stop_feed.hpp"
#include "cli/verbs.hpp"

namespace redrive::cli {

boost::asio::awaitable<exit_code> run_verify(session& run) {
    if (const auto bad = run.check()) co_return *bad;
    outcome_sink sink{run};
    const auto result = co_await stop_given(run, sink, activity::verifying);
    if (result.failed) co_return *result.failed;
    co_return sink.finish(result.report, code_of_verify(result.report));
}

} // namespace redrive::cli
