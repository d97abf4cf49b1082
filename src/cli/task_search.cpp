#include "cli/task_search.hpp"

#include <boost/asio/error.hpp>

#include <utility>

#include "cli/fleet_calls.hpp"
#include "cli/fleet_setup.hpp"

namespace redrive::cli {

boost::asio::awaitable<search_result> search_tasks(session& run,
                                                   std::optional<std::vector<target>> only,
                                                   std::function<void(const found_task&)> on_task) {
    auto what = find_options_of(run.given());
    if (only) what.only(std::move(*only));
    what.on_task(std::move(on_task));
    boost::asio::cancellation_signal stop;
    const auto end = [&stop] { stop.emit(boost::asio::cancellation_type::terminal); };
    run.on_interrupt(end);
    run.on_reader_gone(end);
    run.progress().start(activity::searching);
    search_result result;
    error_code ec;
    result.report = co_await find(run.searched(), std::move(what), stop, ec);
    run.on_interrupt({});
    run.on_reader_gone({});
    run.progress().stop();
    if (ec && ec != boost::asio::error::operation_aborted) result.failed = run.fail(ec, {});
    co_return result;
}

} // namespace redrive::cli
