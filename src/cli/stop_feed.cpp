#include "cli/stop_feed.hpp"

#include <utility>

#include "cli/fleet_calls.hpp"
#include "cli/fleet_setup.hpp"
#include "cli/given_targets.hpp"

namespace redrive::cli {
namespace {

boost::asio::awaitable<stop_result> end_of(session& run, stop_run& stop) {
    stop_result result;
    error_code ec;
    result.report = co_await finish(stop, ec);
    run.on_interrupt({});
    if (ec) result.failed = run.fail(ec, {});
    co_return result;
}

} // namespace

boost::asio::awaitable<stop_result> stop_given(session& run, outcome_sink& sink, activity what) {
    auto reader = read_targets(run);
    auto stop = run.searched().start_stop(sink.options());
    run.on_interrupt([&] {
        reader.stop();
        stop.interrupt();
    });
    run.progress().start(what);
    error_code ec;
    while (!ec) {
        auto next = co_await reader.next();
        if (!next) break;
        if (!stop.try_push(*next)) co_await push(stop, std::move(*next), ec);
    }
    if (!reader.problem().empty()) run.notices().warn(reader.problem());
    co_return co_await end_of(run, stop);
}

boost::asio::awaitable<stop_result> stop_these(session& run,
                                               outcome_sink& sink,
                                               std::vector<target> targets) {
    auto stop = run.searched().start_stop(sink.options());
    run.on_interrupt([&] { stop.interrupt(); });
    run.progress().start(activity::stopping);
    error_code ec;
    for (std::size_t i = 0; i < targets.size() && !ec; ++i)
        co_await push(stop, std::move(targets[i]), ec);
    co_return co_await end_of(run, stop);
}

boost::asio::awaitable<stop_result> stop_all(session& run, outcome_sink& sink) {
    boost::asio::cancellation_signal stop;
    run.on_interrupt([&] { stop.emit(boost::asio::cancellation_type::terminal); });
    run.progress().start(activity::stopping);
    stop_result result;
    error_code ec;
    result.report =
        co_await stop_found(run.searched(), find_options_of(run.given()), sink.options(), stop, ec);
    run.on_interrupt({});
    if (ec) result.failed = run.fail(ec, {});
    co_return result;
}

} // namespace redrive::cli
