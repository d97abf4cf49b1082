#include "fleet/stop_run_core.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>

namespace redrive::detail {
namespace {

constexpr std::uint64_t most_held = 4096; // taken, and the outcome not given yet

// Takes the input over: nobody asks the target for it again.
target_outcome blank_outcome(target& what) {
    target_outcome out;
    out.input = std::move(what.input);
    out.region = what.region;
    out.started = what.started;
    if (what.source) {
        out.account = what.source->account;
        out.queue = what.source->name;
        if (!out.account.empty()) out.source_arn = to_string(*what.source);
    }
    if (what.listed) out.moved_at_list = what.listed->moved;
    return out;
}

std::optional<std::chrono::steady_clock::duration> later_of(
    std::optional<std::chrono::steady_clock::duration> a, std::chrono::steady_clock::duration b) {
    return a ? std::max(*a, b) : b;
}

class in_progress {
  public:
    explicit in_progress(bool& flag) : flag_{flag} { flag_ = true; }
    ~in_progress() { flag_ = false; }
    in_progress(const in_progress&) = delete;
    in_progress& operator=(const in_progress&) = delete;

  private:
    bool& flag_;
};

} // namespace

stop_run_core::stop_run_core(std::shared_ptr<fleet_core> core, stop_options options)
    : core_{std::move(core)}, options_{std::move(options)},
      run_{std::make_shared<run_control>(core_->executor(), core_->time(), options_.deadline())},
      began_{core_->time()->now()}, began_wall_{core_->time()->wall_now()},
      ledger_{options_.ordered()}, idle_{core_->executor()} {
    core_->add_run(run_);
}

void stop_run_core::add(target&& what) {
    const auto number = taken_++;
    auto out = blank_outcome(what);
    ++report_.targets;
    ++core_->counters.targets;
    if (refused_at_once(what, out)) {
        ledger_.decide_at_once(number, std::move(out));
        return release();
    }
    const target_key which{identity_of(what)};
    switch (ledger_.take(number, which, out)) {
    case stop_ledger::admission::follower: return;
    case stop_ledger::admission::known: return release();
    case stop_ledger::admission::work: break;
    }
    ++worked_on_;
    begin(number, which, std::move(what), std::move(out));
}

bool stop_run_core::refused_at_once(const target& what, target_outcome& out) {
    if (!what.invalid.empty()) {
        out.is = outcome::invalid;
        out.ec = client_errc::invalid_argument;
        out.info.message = what.invalid;
        return true;
    }
    if (const auto bad = core_->prepare()) {
        refuse_for(*bad, out);
        return true;
    }
    if (options_.max_tasks() && worked_on_ >= *options_.max_tasks()) {
        out.is = outcome::skipped;
        out.hint = "the ceiling of " + std::to_string(*options_.max_tasks()) +
                   " tasks was reached; raise --max-tasks and run it again";
        return true;
    }
    return false;
}

void stop_run_core::begin(std::uint64_t number,
                          const target_key& which,
                          target&& what,
                          target_outcome&& blank) {
    if (free_.empty()) {
        free_.push_back(tasks_.size());
        tasks_.emplace_back();
    }
    const auto slot = free_.back();
    free_.pop_back();
    auto& one = tasks_[slot].emplace(*this, number, which, std::move(what), std::move(blank));
    one.slot_ = slot;
    one.start();
}

void stop_run_core::settled(stop_task& one) {
    ledger_.decide(one.number(), one.key(), std::move(one.outcome_so_far()));
    const auto slot = one.slot_;
    tasks_[slot].reset();
    free_.push_back(slot);
    release();
    let_in();
}

void stop_run_core::release() {
    // An observer may bring in more, whose outcomes come after those that leave now.
    if (releasing_) return;
    const in_progress mark{releasing_};
    while (ledger_.has_ready()) {
        ledger_.release(leaving_);
        for (const auto& each : leaving_) {
            count(each.outcome);
            if (!each.is_duplicate) count_messages(each.outcome);
            if (options_.on_outcome()) options_.on_outcome()(each.outcome);
        }
    }
    idle_.notify();
}

void stop_run_core::count(const target_outcome& out) {
    ++report_.counts[static_cast<std::size_t>(out.is)];
    ++core_->counters.decided;
    if (out.is == outcome::accepted) {
        if (out.ec) {
            ++report_.accepted_unproven_denied;
        } else if (options_.proven_by() != stop_options::proof::order_only) {
            ++report_.accepted_unproven;
        }
    }
    if (out.ordered_at) {
        if (!out.drift()) ++report_.moved_after_unknown;
        const auto at = *out.ordered_at - began_wall_;
        report_.first_order = report_.first_order
                                  ? std::min(*report_.first_order, stop_report::duration{at})
                                  : stop_report::duration{at};
        report_.last_order = later_of(report_.last_order, at);
    }
    if (out.confirmed_at) {
        ++core_->counters.confirmed;
        report_.last_proof = later_of(report_.last_proof, *out.confirmed_at - began_wall_);
    }
}

void stop_run_core::count_messages(const target_outcome& out) {
    report_.moved_before += out.moved_at_cancel.value_or(out.moved_at_list.value_or(0));
    report_.moved_after += std::max<std::int64_t>(0, out.drift().value_or(0));
}

bool stop_run_core::has_room() const noexcept {
    return ledger_.held() < most_held;
}

bool stop_run_core::try_push(target& what) {
    if (run_->ending() || !at_the_door_.empty() || !has_room()) return false;
    add(std::move(what));
    return true;
}

void stop_run_core::push(target what, push_handler handler) {
    if (run_->ending()) return complete_push(std::move(handler), asio::error::operation_aborted);
    at_the_door_.emplace_back(std::move(what), std::move(handler));
    let_in();
}

void stop_run_core::let_in() {
    // A target may have its outcome at once, and that lets in the next one.
    if (letting_in_) return;
    const in_progress mark{letting_in_};
    while (!at_the_door_.empty() && (run_->ending() || has_room())) {
        auto [what, handler] = std::move(at_the_door_.front());
        at_the_door_.pop_front();
        if (run_->ending()) {
            complete_push(std::move(handler), asio::error::operation_aborted);
        } else {
            add(std::move(what));
            complete_push(std::move(handler), {});
        }
    }
}

void stop_run_core::complete_push(push_handler handler, error_code ec) {
    const auto ex = core_->executor();
    asio::post(ex, [ex, handler = std::move(handler), ec]() mutable {
        const auto own = asio::get_associated_executor(handler, ex);
        asio::dispatch(own,
                       [handler = std::move(handler), ec]() mutable { std::move(handler)(ec); });
    });
}

asio::awaitable<stop_report> stop_run_core::finished() {
    while (!ledger_.all_decided() || !at_the_door_.empty())
        co_await idle_.wait();
    report_.interrupted = run_->now_is() == run_control::state::interrupted;
    report_.deadline_passed = run_->now_is() == run_control::state::expired;
    co_return report_;
}

void stop_run_core::finish(finish_handler handler) {
    const auto ex = core_->executor();
    asio::co_spawn(
        ex,
        [self = shared_from_this()] { return self->finished(); },
        [self = shared_from_this(), ex, handler = std::move(handler)](const std::exception_ptr& bug,
                                                                      stop_report report) mutable {
            if (bug) std::rethrow_exception(bug);
            const auto own = asio::get_associated_executor(handler, ex);
            asio::dispatch(own,
                           [handler = std::move(handler), report = std::move(report)]() mutable {
                               std::move(handler)(error_code{}, std::move(report));
                           });
        });
}

void stop_run_core::interrupt() {
    run_->interrupt();
    let_in();
}

} // namespace redrive::detail
