#include "redrive/time_source.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <gtest/gtest.h>

#include <optional>

#include "support/manual_time.hpp"

namespace redrive::net {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

struct real_clock {
    asio::io_context context;
    std::shared_ptr<time_source> time = real_time_source();
    std::unique_ptr<time_source::timer> timer = time->make_timer(context.get_executor());
    std::optional<error_code> ended;

    auto note() {
        return [this](error_code ec) { ended = ec; };
    }
};

TEST(RealTimeSource, CompletesAWaitWhoseTimeHasPassedButNeverInsideTheCall) {
    real_clock it;
    it.timer->async_wait_until(it.time->now() - 1h, it.note());
    EXPECT_FALSE(it.ended);
    it.context.run();
    EXPECT_EQ(it.ended, error_code{});
}

TEST(RealTimeSource, NeverEndsAWaitBeforeItsTime) {
    real_clock it;
    const auto when = it.time->now() + 2ms;
    it.timer->async_wait_until(when, it.note());
    it.context.run();
    EXPECT_EQ(it.ended, error_code{});
    EXPECT_GE(it.time->now(), when);
}

TEST(RealTimeSource, AbortsAWaitThatIsCancelled) {
    real_clock it;
    it.timer->async_wait_until(it.time->now() + 1h, it.note());
    it.timer->cancel();
    EXPECT_FALSE(it.ended);
    it.context.run();
    EXPECT_EQ(it.ended, asio::error::operation_aborted);
}

TEST(RealTimeSource, AbortsAWaitWhoseTimerIsDestroyed) {
    real_clock it;
    it.timer->async_wait_until(it.time->now() + 1h, it.note());
    it.timer.reset();
    it.context.run();
    EXPECT_EQ(it.ended, asio::error::operation_aborted);
}

TEST(RealTimeSource, HonoursTheCancellationSlotOfItsHandler) {
    real_clock it;
    asio::cancellation_signal stop;
    it.timer->async_wait_until(it.time->now() + 1h,
                               asio::bind_cancellation_slot(stop.slot(), it.note()));
    stop.emit(asio::cancellation_type::terminal);
    it.context.run();
    EXPECT_EQ(it.ended, asio::error::operation_aborted);
}

TEST(RealTimeSource, RunsHandlersOnTheExecutorThatTheTimerWasMadeFor) {
    real_clock it;
    const auto strand = asio::make_strand(it.context);
    const auto timer = it.time->make_timer(strand);
    bool inside = false;
    timer->async_wait_until(it.time->now(),
                            [&](error_code) { inside = strand.running_in_this_thread(); });
    it.context.run();
    EXPECT_TRUE(inside);
}

TEST(RealTimeSource, TellsTheTimeOfThisMachine) {
    const auto time = real_time_source();
    const auto steady = std::chrono::steady_clock::now();
    const auto wall =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    EXPECT_GE(time->now(), steady);
    EXPECT_GE(time->wall_now(), wall);
}

TEST(ManualTime, StandsStillUntilItIsMoved) {
    test::virtual_world world;
    const auto start = world.time->now();
    const auto wall = world.time->wall_now();
    world.time->advance(90s);
    EXPECT_EQ(world.time->now() - start, 90s);
    EXPECT_EQ(world.time->wall_now() - wall, 90s);
}

TEST(ManualTime, RunsAnHourOfWaitingAtOnce) {
    test::virtual_world world;
    const auto timer = world.time->make_timer(world.executor());
    std::optional<error_code> ended;
    timer->async_wait_until(world.time->now() + 1h, [&](error_code ec) { ended = ec; });
    EXPECT_TRUE(world.run_until([&] { return ended.has_value(); }));
    EXPECT_EQ(ended, error_code{});
    EXPECT_EQ(world.time->elapsed(), 1h);
}

TEST(ManualTime, AbortsWaitsLikeTheRealOne) {
    test::virtual_world world;
    asio::cancellation_signal stop;
    const auto timer = world.time->make_timer(world.executor());
    int aborted = 0;
    const auto note = [&](error_code ec) { aborted += ec == asio::error::operation_aborted; };
    timer->async_wait_until(world.time->now() + 1h,
                            asio::bind_cancellation_slot(stop.slot(), note));
    stop.emit(asio::cancellation_type::terminal);
    EXPECT_EQ(aborted, 0) << "inside the call";
    world.settle();
    EXPECT_EQ(aborted, 1);
    timer->async_wait_until(world.time->now() + 1h, note);
    timer->cancel();
    world.settle();
    EXPECT_EQ(aborted, 2);
    EXPECT_EQ(world.time->timers_waiting(), 0u);
}

} // namespace
} // namespace redrive::net
