#include "fleet/run_control.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <gtest/gtest.h>

#include "hand_clock.hpp"

namespace redrive::detail {
namespace {

using namespace std::chrono_literals;
using run_state = run_control::state;

class RunControl : public ::testing::Test {
  protected:
    std::unique_ptr<run_control> begin(
        std::optional<std::chrono::steady_clock::duration> deadline = {}) {
        return std::make_unique<run_control>(context_.get_executor(), clock_, deadline);
    }
    // Lets an errand pause; true as soon as it woke.
    void pause(errand& work, std::chrono::steady_clock::duration how_long, bool& woke) {
        asio::co_spawn(
            context_,
            [&work, &woke, until = clock_->now() + how_long]() -> asio::awaitable<void> {
                co_await work.pause_until(until);
                woke = true;
            },
            asio::detached);
        clock_->run_ready();
    }

    asio::io_context context_;
    std::shared_ptr<hand_clock> clock_ = std::make_shared<hand_clock>(context_);
};

TEST_F(RunControl, RunsWithoutEndByDefault) {
    const auto run = begin();
    clock_->pass(1000h);
    EXPECT_EQ(run->now_is(), run_state::running);
    EXPECT_FALSE(run->ending());
    EXPECT_FALSE(run->has_deadline());
    EXPECT_FALSE(run->time_left());
}

TEST_F(RunControl, EndsAtItsDeadline) {
    const auto run = begin(10s);
    EXPECT_TRUE(run->has_deadline());
    clock_->pass(4s);
    EXPECT_EQ(run->time_left(), 6s);
    clock_->pass(6s);
    EXPECT_EQ(run->now_is(), run_state::expired);
    clock_->pass(1s);
    EXPECT_EQ(run->time_left(), 0s);
}

TEST_F(RunControl, StaysInterruptedWhenItsDeadlinePasses) {
    const auto run = begin(10s);
    run->interrupt();
    EXPECT_EQ(run->now_is(), run_state::interrupted);
    clock_->pass(20s);
    EXPECT_EQ(run->now_is(), run_state::interrupted);
}

TEST_F(RunControl, IgnoresAnInterruptAfterItsDeadline) {
    const auto run = begin(1s);
    clock_->pass(1s);
    run->interrupt();
    EXPECT_EQ(run->now_is(), run_state::expired);
}

TEST_F(RunControl, MayGoBeforeItsTimersDo) {
    auto run = begin(1s);
    run->interrupt();
    run.reset();
    clock_->pass(10s);
}

TEST_F(RunControl, WakesAPauseWhenItsTimeComes) {
    const auto run = begin();
    errand work{*run};
    bool woke = false;
    pause(work, 5s, woke);
    clock_->pass(4s);
    EXPECT_FALSE(woke);
    clock_->pass(1s);
    EXPECT_TRUE(woke);
}

TEST_F(RunControl, WakesAPauseWhenItIsInterrupted) {
    const auto run = begin();
    errand work{*run};
    bool woke = false;
    pause(work, 1h, woke);
    run->interrupt();
    clock_->run_ready();
    EXPECT_TRUE(woke);
}

TEST_F(RunControl, WakesAPauseWhenItsDeadlinePasses) {
    const auto run = begin(3s);
    errand work{*run};
    bool woke = false;
    pause(work, 1h, woke);
    clock_->pass(3s);
    EXPECT_TRUE(woke);
}

TEST_F(RunControl, DoesNotPauseAnyMoreWhenItEnds) {
    const auto run = begin();
    run->interrupt();
    errand work{*run};
    bool woke = false;
    pause(work, 1h, woke);
    EXPECT_TRUE(woke);
}

// Waits on the errand's token for what never comes; counts how it ended.
struct endless_call {
    asio::any_completion_handler<void(error_code)> handler;

    template <class Token>
    auto start(Token&& token) {
        return asio::async_initiate<Token, void(error_code)>(
            [this](auto h) {
                auto slot = asio::get_associated_cancellation_slot(h);
                asio::any_completion_handler<void(error_code)>{std::move(h)}.swap(handler);
                slot.assign([this](asio::cancellation_type) {
                    if (handler) std::exchange(handler, nullptr)(asio::error::operation_aborted);
                });
            },
            token);
    }
};

TEST_F(RunControl, AbortsCallsTwoSecondsAfterAnInterrupt) {
    const auto run = begin();
    errand work{*run};
    endless_call call;
    error_code ended_with;
    asio::co_spawn(
        context_,
        [&]() -> asio::awaitable<void> {
            auto [ec] = co_await call.start(work.token());
            ended_with = ec;
        },
        asio::detached);
    clock_->run_ready();
    run->interrupt();
    clock_->pass(1900ms);
    EXPECT_FALSE(ended_with);
    clock_->pass(100ms);
    clock_->run_ready();
    EXPECT_EQ(ended_with, asio::error::operation_aborted);
}

TEST_F(RunControl, GivesACallWhatIsLeftOfIt) {
    const auto bounded = begin(10s);
    clock_->pass(3s);
    errand work{*bounded};
    EXPECT_EQ(work.run().within(call_options{}).deadline(), 7s);
    const auto endless = begin();
    errand other{*endless};
    EXPECT_FALSE(other.run().within(call_options{}).deadline());
}

} // namespace
} // namespace redrive::detail
