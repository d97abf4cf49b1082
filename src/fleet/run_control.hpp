#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/intrusive/list.hpp>

#include <chrono>
#include <memory>
#include <optional>

#include "fleet/cell.hpp"
#include "net/waiting.hpp"
#include "redrive/time_source.hpp"

namespace redrive::detail {

// Whom a run tells of its end: its member from run_control::join() on, as long as both live. A
// context that ends destroys them in any order.
class run_member : public boost::intrusive::list_base_hook<
                       boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
  public:
    run_member() = default;
    virtual ~run_member() = default;
    run_member(const run_member&) = delete;
    run_member& operator=(const run_member&) = delete;

    // Both let whatever waits go on soon, not inside them. Nothing new is to be sent.
    virtual void run_ends() = 0;
    // The reply of the call in flight is not waited for any longer.
    virtual void abort_call() = 0;
};

// A whole run's reasons to end before its work does: an interrupt, or its deadline.
class run_control {
  public:
    enum class state : std::uint8_t {
        running,
        interrupted, // nothing new is sent; replies in flight are read for a moment
        expired,     // the deadline passed
    };

    run_control(asio::any_io_executor ex,
                std::shared_ptr<time_source> time,
                std::optional<std::chrono::steady_clock::duration> deadline);
    ~run_control();
    run_control(const run_control&) = delete;
    run_control& operator=(const run_control&) = delete;

    void interrupt();
    [[nodiscard]] state now_is() const noexcept { return state_; }
    [[nodiscard]] bool ending() const noexcept { return state_ != state::running; }
    [[nodiscard]] bool has_deadline() const noexcept { return deadline_.has_value(); }
    // What is left of the run; never negative.
    [[nodiscard]] std::optional<std::chrono::steady_clock::duration> time_left() const;
    // Gives a call what is left of the run.
    template <class Options>
    [[nodiscard]] Options within(Options options) const {
        if (const auto left = time_left()) options.deadline(*left);
        return options;
    }
    [[nodiscard]] const std::shared_ptr<time_source>& time() const noexcept { return time_; }
    [[nodiscard]] const asio::any_io_executor& executor() const noexcept { return ex_; }

    void join(run_member& who) noexcept { members_.push_back(who); }

  private:
    void end(state why);
    void abort_calls();

    asio::any_io_executor ex_;
    std::shared_ptr<time_source> time_;
    std::optional<time_source::steady_time> deadline_;
    state state_ = state::running;
    boost::intrusive::list<run_member, boost::intrusive::constant_time_size<false>> members_;
    std::unique_ptr<time_source::timer> deadline_timer_;
    std::unique_ptr<time_source::timer> grace_timer_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // for the timers' handlers
};

// One line of work of a run: it pauses, waits for admission and calls, and each of these ends early
// when the run does.
class errand final : public run_member {
  public:
    explicit errand(run_control& run);
    errand(const errand&) = delete;
    errand& operator=(const errand&) = delete;

    [[nodiscard]] run_control& run() const noexcept { return run_; }

    // Returns at once when the run is ending.
    [[nodiscard]] asio::awaitable<void> pause_until(time_source::steady_time when);
    // False: the run is ending, and the call must not be made.
    [[nodiscard]] asio::awaitable<bool> admit(cell& where, flow::call_purpose why, double rank);
    // The token of the call that follows.
    [[nodiscard]] auto token() {
        return asio::bind_cancellation_slot(call_.slot(), net::as_result);
    }

  private:
    void run_ends() override;
    void abort_call() override { call_.emit(asio::cancellation_type::terminal); }

    run_control& run_;
    std::unique_ptr<time_source::timer> timer_;
    admission_wait admission_;
    asio::cancellation_signal call_;
};

} // namespace redrive::detail
