#include "redrive/fleet.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <exception>

#include "fleet/examiner.hpp"
#include "fleet/fleet_core.hpp"
#include "fleet/search.hpp"
#include "fleet/stop_run_core.hpp"

namespace redrive {
namespace {

namespace asio = boost::asio;
using namespace detail;

template <class Result>
using handler_for = asio::any_completion_handler<void(error_code, Result)>;

template <class Result>
void complete(const asio::any_io_executor& ex,
              handler_for<Result> handler,
              error_code ec,
              Result result) {
    const auto own = asio::get_associated_executor(handler, ex);
    asio::dispatch(own, [handler = std::move(handler), ec, result = std::move(result)]() mutable {
        std::move(handler)(ec, std::move(result));
    });
}

// Runs an operation to its handler; the handler's cancellation slot interrupts `run`.
template <class Result>
void launch(const std::shared_ptr<fleet_core>& core,
            const std::shared_ptr<run_control>& run,
            handler_for<Result> handler,
            asio::awaitable<Result> operation) {
    auto slot = asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected()) {
        slot.assign([weak = std::weak_ptr{run}](asio::cancellation_type) {
            if (const auto live = weak.lock()) live->interrupt();
        });
    }
    const auto ex = core->executor();
    asio::co_spawn(ex,
                   std::move(operation),
                   [core, run, ex, slot, handler = std::move(handler)](
                       const std::exception_ptr& bug, Result result) mutable {
                       if (bug) std::rethrow_exception(bug);
                       slot.clear();
                       complete<Result>(ex, std::move(handler), {}, std::move(result));
                   });
}

template <class Result>
[[nodiscard]] bool refuse_unconfigured(fleet_core& core, handler_for<Result>& handler) {
    const auto bad = core.prepare();
    if (!bad) return false;
    const auto ex = core.executor();
    asio::post(ex, [ex, handler = std::move(handler), ec = bad->ec]() mutable {
        complete<Result>(ex, std::move(handler), ec, {});
    });
    return true;
}

asio::awaitable<find_report> find(std::shared_ptr<fleet_core> core,
                                  std::shared_ptr<run_control> run,
                                  find_options options) {
    const auto observer = options.on_task();
    search one{core, run, std::move(options), [observer](const found_task& task, cell&) {
                   if (observer) observer(task);
               }};
    co_return co_await one.perform();
}

asio::awaitable<stop_report> stop_found(std::shared_ptr<fleet_core> core,
                                        std::shared_ptr<stop_run_core> run,
                                        find_options options) {
    const auto observer = options.on_task();
    std::uint64_t found = 0;
    search one{core, run->control(), std::move(options), [&](const found_task& task, cell&) {
                   if (observer) observer(task);
                   auto what = to_target(task);
                   what.input.index = found++;
                   run->add(std::move(what));
               }};
    one.feeds_a_stop();
    auto searched = co_await one.perform();
    run->searched(std::move(searched));
    co_return co_await run->finished();
}

// The outcomes of one call of async_cancel_all, in input order.
struct collected {
    std::vector<target_outcome> outcomes;
};

asio::awaitable<std::vector<target_outcome>> cancel_all(std::shared_ptr<stop_run_core> run,
                                                        std::vector<target> targets,
                                                        std::shared_ptr<collected> into) {
    for (auto& each : targets) {
        const auto [ec] = co_await asio::async_initiate<decltype(net::as_result), void(error_code)>(
            [&](auto handler) { run->push(each, std::move(handler)); }, net::as_result);
        if (ec) run->add(std::move(each)); // interrupted: it still gets its outcome
    }
    co_await run->finished();
    co_return std::move(into->outcomes);
}

} // namespace

target to_target(const found_task& found) {
    target what;
    what.input.text = found.task.source_arn;
    what.source = parse_queue_arn(found.task.source_arn);
    what.handle = task_handle::from_text(found.task.handle);
    what.started = found.task.started;
    what.listed = found.task;
    what.region = found.region;
    if (!what.source) what.invalid = "the service listed a task without a valid source ARN";
    return what;
}

// --- stop_run

stop_run::stop_run(std::shared_ptr<stop_run_core> core) : core_{std::move(core)} {}
stop_run::stop_run(stop_run&&) noexcept = default;
stop_run& stop_run::operator=(stop_run&& other) noexcept {
    if (this != &other) {
        if (core_) core_->interrupt();
        core_ = std::move(other.core_);
    }
    return *this;
}
stop_run::~stop_run() {
    if (core_) core_->interrupt();
}

void stop_run::interrupt() {
    core_->interrupt();
}

void stop_run::initiate_push(asio::any_completion_handler<void(error_code)> handler, target what) {
    core_->push(std::move(what), std::move(handler));
}

bool stop_run::try_push(target& what) {
    return core_->try_push(what);
}

void stop_run::initiate_finish(handler_for<stop_report> handler) {
    core_->finish(std::move(handler));
}

// --- fleet

fleet::fleet(asio::any_io_executor ex, fleet_config config)
    : core_{std::make_shared<fleet_core>(std::move(ex), std::move(config))} {}
fleet::fleet(fleet&&) noexcept = default;
fleet& fleet::operator=(fleet&& other) noexcept {
    if (this != &other) {
        if (core_) core_->interrupt_all();
        core_ = std::move(other.core_);
    }
    return *this;
}
fleet::~fleet() {
    if (core_) core_->interrupt_all();
}

asio::any_io_executor fleet::get_executor() const {
    return core_->executor();
}

error_code fleet::check(diagnostics& info) {
    const auto bad = core_->prepare();
    if (!bad) return {};
    info.phase = bad->phase;
    info.message = bad->message;
    return bad->ec;
}

std::pair<std::size_t, std::size_t> fleet::extent() const {
    if (!core_->is_prepared()) return {0, 0};
    return {core_->who().identities().size(), core_->who().places().size()};
}

std::string fleet::default_region() const {
    if (!core_->is_prepared() || core_->who().places().empty()) return {};
    const auto& places = core_->who().places();
    const auto& first = places.front().region;
    const bool only = std::all_of(
        places.begin(), places.end(), [&](const auto& each) { return each.region == first; });
    return only ? first : std::string{};
}

std::vector<std::string> fleet::warnings() const {
    return core_->is_prepared() ? core_->who().warnings() : std::vector<std::string>{};
}

fleet_progress fleet::progress() const {
    return core_->progress();
}

std::vector<endpoint_metrics> fleet::endpoints() const {
    return core_->endpoints();
}

stop_run fleet::start_stop(stop_options options) {
    return stop_run{std::make_shared<stop_run_core>(core_, std::move(options))};
}

void fleet::initiate_find(handler_for<find_report> handler, find_options options) {
    if (refuse_unconfigured(*core_, handler)) return;
    const auto run =
        std::make_shared<run_control>(core_->executor(), core_->time(), options.deadline());
    core_->add_run(run);
    launch(core_, run, std::move(handler), find(core_, run, std::move(options)));
}

void fleet::initiate_examine(handler_for<std::vector<examination>> handler,
                             examine_options options) {
    if (refuse_unconfigured(*core_, handler)) return;
    const auto run = std::make_shared<run_control>(core_->executor(), core_->time(), std::nullopt);
    core_->add_run(run);
    launch(core_, run, std::move(handler), examine_all(core_, run, options));
}

void fleet::initiate_cancel_all(handler_for<std::vector<target_outcome>> handler,
                                std::vector<target> targets,
                                stop_options options) {
    if (refuse_unconfigured(*core_, handler)) return;
    for (std::size_t i = 0; i < targets.size(); ++i)
        targets[i].input.index = i;
    const auto into = std::make_shared<collected>();
    into->outcomes.resize(targets.size());
    const auto observer = options.on_outcome();
    options.on_outcome([into, observer](const target_outcome& out) {
        if (observer) observer(out);
        into->outcomes[out.input.index] = out;
    });
    const auto run = std::make_shared<stop_run_core>(core_, std::move(options));
    launch(core_, run->control(), std::move(handler), cancel_all(run, std::move(targets), into));
}

void fleet::initiate_stop_found(handler_for<stop_report> handler,
                                find_options what,
                                stop_options how) {
    if (refuse_unconfigured(*core_, handler)) return;
    const auto run = std::make_shared<stop_run_core>(core_, std::move(how));
    launch(core_, run->control(), std::move(handler), stop_found(core_, run, std::move(what)));
}

} // namespace redrive
