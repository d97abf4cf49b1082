#include "fleet/stop_task.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <limits>
#include <utility>

#include "fleet/queue_owner.hpp"
#include "fleet/stop_run_core.hpp"
#include "flow/credentials_hint.hpp"

namespace redrive::detail {
namespace {

constexpr std::size_t most_request_ids = 8;

flow::stop_verdict::goal goal_of(stop_options::proof how) noexcept {
    switch (how) {
    case stop_options::proof::verify: return flow::stop_verdict::goal::stop;
    case stop_options::proof::order_only: return flow::stop_verdict::goal::order;
    case stop_options::proof::verify_only: return flow::stop_verdict::goal::verify;
    }
    return flow::stop_verdict::goal::stop;
}

flow::stop_verdict::subject subject_of(const target& what) {
    flow::stop_verdict::subject out;
    if (what.handle) out.handle = what.handle->text();
    out.can_list = what.source.has_value();
    out.started = what.started;
    out.listed = what.listed;
    return out;
}

flow::stop_verdict::limits limits_of(const stop_options& options) {
    flow::stop_verdict::limits out;
    out.verify_timeout = options.verify_timeout();
    return out;
}

void keep_request_id(target_outcome& out, const std::string& id) {
    if (id.empty()) return;
    if (out.request_ids.size() == most_request_ids) out.request_ids.erase(out.request_ids.begin());
    out.request_ids.push_back(id);
}

} // namespace

void refuse_for(const setup_error& why, target_outcome& out) {
    out.is = why.phase == call_phase::credentials ? outcome::denied : outcome::invalid;
    out.ec = why.ec;
    out.info.phase = why.phase;
    out.info.message = why.message;
}

stop_task::stop_task(stop_run_core& owner,
                     std::uint64_t number,
                     const target_key& which,
                     target&& what,
                     target_outcome&& blank)
    : owner_{owner}, core_{owner.core()}, run_{*owner.control()}, time_{*run_.time()},
      number_{number}, key_{which}, what_{std::move(what)}, out_{std::move(blank)} {
    run_.join(*this);
}

void stop_task::start() {
    auto route = core_.who().route_for(what_);
    candidates_ = std::move(route.candidates);
    if (candidates_.empty()) {
        out_.is = outcome::skipped;
        out_.hint = std::move(route.refusal);
        return owner_.settled(*this);
    }
    if (candidates_.size() > 1) blank_ = std::make_unique<const target_outcome>(out_);
    try_next_candidate();
}

void stop_task::try_next_candidate() {
    while (tried_ < candidates_.size()) {
        if (tried_ > 0) out_ = *blank_;
        auto found = core_.cell_for(candidates_[tried_++], what_.region);
        if (auto** const where = std::get_if<cell*>(&found)) return begin_at(**where);
        refuse_for(std::get<setup_error>(found), out_);
    }
    owner_.settled(*this);
}

void stop_task::begin_at(cell& where) {
    where_ = &where;
    out_.identity = where.identity;
    if (out_.account.empty()) out_.account = where.account;
    began_ = time_.now();
    rank_ = what_.listed ? what_.listed->damage() : std::numeric_limits<double>::max();
    const auto& how = owner_.options();
    course_.emplace(subject_of(what_), goal_of(how.proven_by()), limits_of(how), began_);
    forget_trouble();
    if (!what_.source) return advance();
    if (!what_.source->account.empty()) return advance(); // then the outcome names it already
    if (const auto known = known_owner(*what_.source, where)) {
        source_is(*known);
        return advance();
    }
    state_ = state::learning;
    asio::co_spawn(
        core_.executor(),
        [this, alive = owner_.shared_from_this()] { return learn_owner(alive); },
        asio::detached);
}

asio::awaitable<void> stop_task::learn_owner(std::shared_ptr<stop_run_core>) {
    errand work{run_};
    const auto found = co_await find_owner(*what_.source, *where_, work, core_.random_unit());
    if (found.ec) {
        course_->reading_failed(time_.now(), found.ec, found.info);
        after_call(flow::call_purpose::search_page, found.ec, found.info);
        give_up(trouble_);
    } else {
        source_is(found.source);
    }
    advance();
}

void stop_task::source_is(const queue_arn& source) {
    out_.source_arn = to_string(source);
    out_.account = source.account;
}

// The target may be another identity's: worth asking the next one.
void stop_task::ended_at_candidate() {
    fill();
    // Nobody but the queue's own account can have it accepted.
    if (course_->result().was_accepted && what_.source)
        core_.who().learn_account(candidates_[tried_ - 1], out_.account);
    const bool may_be_anothers = out_.is == outcome::denied || out_.is == outcome::not_found;
    if (!may_be_anothers || run_.ending() || tried_ == candidates_.size())
        return owner_.settled(*this);
    try_next_candidate();
}

void stop_task::advance() {
    state_ = state::idle;
    if (run_.ending()) give_up(trouble_);
    switch (course_->next(time_.now(), core_.random_unit())) {
    case flow::stop_verdict::step::order: return ask(flow::call_purpose::order, rank_);
    case flow::stop_verdict::step::read: return ask(flow::call_purpose::proof, 0);
    case flow::stop_verdict::step::wait: return pause();
    case flow::stop_verdict::step::done: return ended_at_candidate();
    }
}

void stop_task::resume_soon() {
    state_ = state::resuming;
    asio::post(core_.executor(), [this, alive = owner_.shared_from_this()] { advance(); });
}

void stop_task::pause() {
    state_ = state::pausing;
    if (!timer_) timer_ = time_.make_timer(core_.executor());
    timer_->async_wait_until(
        course_->resume_at(),
        [this, alive = owner_.shared_from_this()](const error_code&) { advance(); });
}

void stop_task::ask(flow::call_purpose why, double rank) {
    state_ = state::asking;
    asks_for_ = why;
    where_->ask(why, rank, *this);
}

void stop_task::admitted(bool granted) {
    if (granted && !run_.ending()) return asks_for_ == flow::call_purpose::order ? order() : read();
    if (granted) where_->finished(asks_for_, asio::error::operation_aborted);
    not_admitted(asks_for_);
    resume_soon();
}

template <class Result>
auto stop_task::then(void (stop_task::*next)(const error_code&, Result&)) {
    state_ = state::calling;
    return asio::bind_cancellation_slot(
        call_.slot(),
        [this, next, alive = owner_.shared_from_this()](const error_code& ec, Result result) {
            where_->finished(asks_for_, ec);
            keep_request_id(out_, result.info.request_id);
            (this->*next)(ec, result);
            advance();
        });
}

void stop_task::order() {
    const auto& text = course_->handle();
    const auto handle =
        what_.handle && what_.handle->text() == text ? what_.handle : task_handle::from_text(text);
    if (!handle) return cannot_order();
    const auto wall = time_.wall_now();
    if (!out_.ordered_at) {
        out_.ordered_at = wall;
        ++core_.counters.ordered;
    }
    course_->ordered(time_.now(), wall + where_->sqs().clock_skew());
    where_->sqs().async_cancel(
        *handle, run_.within(cancel_options{}.max_attempts(1)), then(&stop_task::ordered));
}

// The service listed the task under a handle that no request can carry.
void stop_task::cannot_order() {
    where_->finished(flow::call_purpose::order, asio::error::operation_aborted);
    trouble_ec_ = client_errc::reply_malformed;
    trouble_info_.phase = call_phase::parse;
    trouble_info_.message = "the list names a task handle that cannot be sent";
    give_up(outcome::unknown);
    resume_soon();
}

void stop_task::ordered(const error_code& ec, cancel_result& result) {
    out_.attempts += 1 + result.info.resent;
    out_.resent += result.info.resent;
    if (!ec) {
        forget_trouble();
        out_.accepted_at = time_.wall_now();
        ++core_.counters.accepted;
        return course_->accepted(time_.now(), result.moved, result.info.maybe_applied);
    }
    // Given up by the run itself, in the middle of it: the service may have it.
    if (run_.ending() && !is_reply(ec)) result.info.maybe_applied = true;
    course_->refused(time_.now(), ec, result.info);
    after_call(flow::call_purpose::order, ec, result.info);
}

void stop_task::read() {
    where_->sqs().async_list_tasks(out_.source_arn,
                                   run_.within(list_tasks_options{}.max_attempts(1)),
                                   then(&stop_task::was_read));
}

void stop_task::was_read(const error_code& ec, list_tasks_result& result) {
    if (!ec) {
        forget_trouble();
        course_->read(time_.now(), result.tasks);
        return rank_by(result.tasks);
    }
    course_->reading_failed(time_.now(), ec, result.info);
    after_call(flow::call_purpose::proof, ec, result.info);
}

// A queue's task is known by now: it takes its place among the others by the harm it does.
void stop_task::rank_by(const std::vector<move_task>& tasks) {
    if (out_.ordered_at) return;
    for (const auto& each : tasks)
        if (!each.handle.empty() && each.handle == course_->handle()) rank_ = each.damage();
}

// The run ended while it waited for its turn.
void stop_task::not_admitted(flow::call_purpose why) {
    if (run_.now_is() != run_control::state::expired || !where_->is_throttled(why)) return;
    trouble_ = outcome::throttled;
    trouble_ec_ = service_errc::throttled;
}

void stop_task::forget_trouble() {
    trouble_ = outcome::unknown;
    trouble_ec_ = {};
    trouble_info_ = {};
}

void stop_task::after_call(flow::call_purpose why, const error_code& ec, const diagnostics& info) {
    if (ec == asio::error::operation_aborted) return; // given up by ourselves: no fault of theirs
    switch (flow::call_fault_of(ec, info)) {
    case flow::call_fault::throttled: trouble_ = outcome::throttled; break;
    case flow::call_fault::unreachable: trouble_ = outcome::unreachable; break;
    case flow::call_fault::denied: trouble_ = outcome::denied; break;
    case flow::call_fault::no_such_thing: trouble_ = outcome::not_found; break;
    case flow::call_fault::useless:
    case flow::call_fault::not_active:
    case flow::call_fault::junk:
    case flow::call_fault::rejected: trouble_ = outcome::unknown; break;
    }
    trouble_ec_ = ec;
    trouble_info_ = info;
    if (run_.has_deadline()) return;
    switch (where_->judge(why, began_)) {
    case flow::patience::verdict::go_on: break;
    case flow::patience::verdict::unreachable: give_up(outcome::unreachable); break;
    case flow::patience::verdict::throttled: give_up(outcome::throttled); break;
    }
}

void stop_task::run_ends() {
    if (timer_) timer_->cancel();
    stop_waiting();
}

void stop_task::abort_call() {
    call_.emit(asio::cancellation_type::terminal);
}

void stop_task::give_up(outcome why) {
    course_->gave_up(time_.now(), why, trouble_ec_, trouble_info_);
}

void stop_task::fill() {
    const auto& result = course_->result();
    out_.is = result.is;
    out_.rests_on = result.rests_on;
    out_.status = result.status.text();
    out_.started = result.started ? result.started : what_.started;
    out_.moved_at_list = result.moved_at_list;
    out_.moved_at_cancel = result.moved_at_cancel;
    out_.moved_at_stop = result.moved_at_stop;
    out_.replaced = result.replaced;
    out_.ec = result.error;
    out_.info = result.why;
    out_.hint = result.hint;
    const auto& who = core_.who().identities()[candidates_[tried_ - 1]];
    if (result.is == outcome::denied && flow::is_about_credentials(result.error))
        out_.hint = flow::credentials_hint(result.error, result.why, who.profile.value_or(""));
    if (result.is == outcome::stopped || result.is == outcome::already_finished ||
        result.is == outcome::not_running)
        out_.confirmed_at = time_.wall_now();
}

} // namespace redrive::detail
