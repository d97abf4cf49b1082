#include "net/connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>

#include <algorithm>

#include "net/pool.hpp"

namespace redrive::net {
namespace {

// A window is kept by one account for at most this many times the depth while others wait.
constexpr std::size_t windows_in_a_row = 4;

// Input need not be a reply's, and then it stays until a read wants more.
constexpr int most_turns = 16;

flow::pipeline::ticket ticket_of(const exchange& call) noexcept {
    return reinterpret_cast<flow::pipeline::ticket>(&call);
}

exchange& call_of(flow::pipeline::ticket ticket) noexcept {
    return *reinterpret_cast<exchange*>(ticket);
}

} // namespace

connection::connection(pool& owner,
                       asio::any_io_executor ex,
                       std::shared_ptr<time_source> time,
                       connection_limits limits,
                       time_source::steady_time retires_at)
    : owner_{&owner}, ex_{ex}, time_{std::move(time)}, limits_{limits}, stream_{ex, time_},
      parser_{limits.http}, wake_{ex}, watch_timer_{time_->make_timer(ex)}, retires_at_{
                                                                                retires_at} {}

void connection::start(stream_target target, stream_timeouts timeouts) {
    asio::co_spawn(ex_, run(shared_from_this(), std::move(target), timeouts), asio::detached);
}

asio::awaitable<void> connection::run(self_pointer self,
                                      stream_target target,
                                      stream_timeouts timeouts) {
    const auto result = co_await stream_.open(std::move(target), timeouts);
    if (!owner_) co_return;
    if (result.ec) {
        std::exchange(owner_, nullptr)->open_failed(*this, result);
        co_return;
    }
    open_ = true;
    quiet_since_ = time_->now();
    asio::co_spawn(ex_, write_loop(self), asio::detached);
    asio::co_spawn(ex_, watch(self), asio::detached);
    owner_->opened(*this);
    co_await read_loop();
}

std::optional<flow::lane> connection::window() const noexcept {
    return pipe_.idle() ? std::nullopt : window_;
}

std::size_t connection::stage_waiting_calls() {
    std::size_t staged = 0;
    for (; has_room(); ++staged) {
        if (pipe_.idle()) {
            taken_in_window_ = 0;
        } else if (alone_) {
            break;
        }
        const bool keep = taken_in_window_ < windows_in_a_row * owner_->depth();
        auto* call = owner_->next_call(window(), keep);
        if (!call) break;
        if (!is_trusted_with(*call)) {
            owner_->put_back(*call);
            end(client_errc::connection_lost, call_phase::none, "idle for too long");
            break;
        }
        stage(*call);
    }
    return staged;
}

// A call that must not be sent twice does not go where the server may have hung up.
bool connection::is_trusted_with(const exchange& call) const {
    return call.safe_to_resend_ || !has_served_ || !pipe_.idle() ||
           owner_->idling().trusts(time_->now() - quiet_since_);
}

void connection::stage(exchange& call) {
    if (pipe_.idle()) {
        const auto now = time_->now();
        idled_ = now - quiet_since_;
        quiet_since_ = now;
        untried_since_idle_ = has_served_;
        has_written_in_window_ = false;
        has_answered_one_of_many_ = false;
    }
    window_ = call.in_lane();
    ++taken_in_window_;
    alone_ = !call.safe_to_resend_;
    call.render(pipe_.staging(), time_->wall_now());
    call.carrier_ = this;
    if (call.is_timed_) call.staged_at_ = time_->now();
    pipe_.staged(ticket_of(call));
}

asio::awaitable<void> connection::write_loop(self_pointer self) {
    while (owner_) {
        retired_ = time_->now() >= retires_at_;
        if (retired_ && pipe_.idle()) {
            end(client_errc::connection_lost, call_phase::none, "old");
            break;
        }
        co_await stage_a_batch();
        if (!owner_) break;
        const auto bytes = pipe_.to_write();
        if (bytes.empty()) {
            co_await wake_.wait();
            continue;
        }
        has_written_in_window_ = true;
        const auto result = co_await stream_.write_some(bytes);
        if (!owner_) break;
        pipe_.wrote(result.n);
        owner_->sent(result.n);
        // A reply may have come before the end.
        if (result.ec) co_await let_reader_catch_up();
        if (result.ec) end(client_errc::connection_lost, call_phase::write, result.ec.message());
    }
    self.reset();
}

// Callers that are about to ask share one write: as long as each turn of the others brings more
// calls, and there is room for them. What has arrived before the first write after a quiet moment
// answers nothing that is asked by it: the reader ends the connection then.
asio::awaitable<void> connection::stage_a_batch() {
    bool was_idle = pipe_.idle();
    while (owner_ && stage_waiting_calls() > 0) {
        if (std::exchange(was_idle, false)) {
            co_await let_reader_catch_up();
        } else if (has_room()) {
            co_await asio::post(ex_, asio::use_awaitable);
        } else {
            break;
        }
    }
}

bool connection::has_room() const noexcept {
    return may_stage() && pipe_.has_room(owner_->depth());
}

asio::awaitable<void> connection::let_reader_catch_up() {
    int turns = 0;
    do
        co_await asio::post(ex_, asio::use_awaitable);
    while (++turns < most_turns && owner_ && stream_.has_input());
}

asio::awaitable<void> connection::read_loop() {
    while (owner_) {
        const auto result = co_await stream_.read_some(in_);
        if (!owner_) break;
        if (result.ec) {
            end_of_stream(result.ec);
            break;
        }
        owner_->received(result.n);
        quiet_since_ = time_->now();
        untried_since_idle_ = false;
        if (!consume({in_.data(), result.n})) break;
    }
}

// A reply without Content-Length ends where the stream ends: in order, with TLS by a close_notify
// (RFC 9112, section 9.8).
void connection::end_of_stream(const error_code& ec) {
    if (ec == asio::error::eof) parser_.feed_eof();
    if (parser_.done() && pipe_.next_due() && !take_reply()) return;
    end(client_errc::connection_lost, call_phase::read, ec.message());
}

bool connection::consume(std::string_view bytes) {
    while (!bytes.empty()) {
        if (!pipe_.next_due()) {
            end(client_errc::reply_malformed, call_phase::read, "a reply that nobody asked for");
            return false;
        }
        bytes.remove_prefix(parser_.feed(bytes));
        if (parser_.error() == wire::http_error::too_large) {
            end(client_errc::reply_too_large,
                call_phase::read,
                "more than " + std::to_string(limits_.http.body_bytes) + " bytes");
            return false;
        }
        if (parser_.error() != wire::http_error::none) {
            end(client_errc::reply_malformed, call_phase::read, "the reply is not HTTP/1.1");
            return false;
        }
        if (parser_.done() && !take_reply()) return false;
    }
    return true;
}

bool connection::take_reply() {
    auto& reply = parser_.reply();
    const auto due = *pipe_.next_due();
    const auto in_flight = pipe_.in_flight();
    const bool keep_alive = reply.keep_alive;
    if (!due.abandoned) {
        auto& call = call_of(due.call);
        if (call.answered(reply, json_, time_->wall_now()) == reply_fit::misplaced) {
            misplaced_ = in_flight > 1; // alone it answers this request, whatever it says
            end(client_errc::reply_malformed, call_phase::read, "the reply names another queue");
            return false;
        }
        call.carrier_ = nullptr;
    }
    pipe_.answered();
    parser_.next();
    has_served_ = true;
    owner_->answered(in_flight);
    if (in_flight > 1) has_answered_one_of_many_ = true;
    if (in_flight == 1) answers_windows_ |= std::exchange(has_answered_one_of_many_, false);
    if (!keep_alive) {
        announced_close_ = true;
        end(client_errc::connection_lost, call_phase::read, "the server closed the connection");
        return false;
    }
    wake_.notify();
    return true;
}

void connection::withdraw(exchange& call) {
    const auto before = pipe_.in_flight();
    pipe_.abandoned(ticket_of(call));
    // A slot that keeps its place was handed to the stream.
    if (pipe_.in_flight() == before) call.maybe_applied_ = true;
    call.carrier_ = nullptr;
    wake_.notify();
}

void connection::end(client_errc ec, call_phase phase, std::string detail) {
    if (!owner_) return;
    auto* owner = std::exchange(owner_, nullptr);
    pool::ended_connection what;
    what.in_flight = pipe_.in_flight();
    what.in_mid_window = what.in_flight > 1 || (what.in_flight == 1 && has_answered_one_of_many_);
    what.stale = untried_since_idle_;
    if (phase != call_phase::none) what.idle = idle_before_the_end();
    what.announced = announced_close_;
    what.misplaced = misplaced_;
    what.calls = pipe_.lost();
    for (const auto& lost : what.calls)
        call_of(lost.call).carrier_ = nullptr;
    what.why.ec = ec;
    what.why.phase = phase;
    what.why.detail = std::move(detail);
    stop();
    owner->ended(*this, std::move(what));
}

std::optional<time_source::steady_time::duration> connection::idle_before_the_end() const {
    if (!has_served_) return std::nullopt;
    if (pipe_.idle()) return time_->now() - quiet_since_;
    return untried_since_idle_ ? std::optional{idled_} : std::nullopt;
}

void connection::detach() {
    owner_ = nullptr;
    stop();
}

void connection::stop() noexcept {
    open_ = false;
    stream_.close();
    watch_timer_->cancel();
    wake_.notify();
}

time_source::steady_time connection::next_check() const {
    if (!pipe_.idle()) return quiet_since_ + limits_.read_timeout;
    return std::min(quiet_since_ + owner_->idling().life(), retires_at_);
}

// One timer for silence and for idling; it is looked at again rather than moved with each byte.
asio::awaitable<void> connection::watch(self_pointer self) {
    while (owner_) {
        const auto longest_nap = std::min<time_source::steady_time::duration>(
            owner_->idling().life(), limits_.read_timeout);
        co_await wait_until(*watch_timer_, std::min(next_check(), time_->now() + longest_nap));
        if (!owner_) break;
        if (time_->now() < next_check()) continue;
        if (pipe_.idle()) {
            end(client_errc::connection_lost, call_phase::none, "idle");
        } else {
            end(client_errc::read_timeout, call_phase::read, "the server fell silent");
        }
    }
    self.reset();
}

} // namespace redrive::net
