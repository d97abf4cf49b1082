#include "net/waiting.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <gtest/gtest.h>

#include "support/manual_time.hpp"

namespace redrive::net {
namespace {

using namespace std::chrono_literals;

asio::awaitable<void> count_wakeups(wakeup& bell, int& woken, int times) {
    for (int i = 0; i < times; ++i) {
        co_await bell.wait();
        ++woken;
    }
}

TEST(Wakeup, ResumesItsSleeperThroughTheExecutor) {
    test::virtual_world world;
    wakeup bell{world.executor()};
    int woken = 0;
    asio::co_spawn(world.context, count_wakeups(bell, woken, 1), asio::detached);
    world.settle();
    EXPECT_EQ(woken, 0);
    bell.notify();
    EXPECT_EQ(woken, 0) << "inside notify()";
    world.settle();
    EXPECT_EQ(woken, 1);
}

TEST(Wakeup, RemembersWhatCameWhileItsOwnerWasAwakeAsOne) {
    test::virtual_world world;
    wakeup bell{world.executor()};
    bell.notify();
    bell.notify();
    int woken = 0;
    asio::co_spawn(world.context, count_wakeups(bell, woken, 2), asio::detached);
    world.settle();
    EXPECT_EQ(woken, 1);
    bell.notify();
    world.settle();
    EXPECT_EQ(woken, 2);
}

TEST(Wakeup, RemembersANotificationBetweenTheWakingAndTheNextSleep) {
    test::virtual_world world;
    wakeup bell{world.executor()};
    int woken = 0;
    asio::co_spawn(world.context, count_wakeups(bell, woken, 2), asio::detached);
    world.settle();
    bell.notify();
    bell.notify(); // the sleeper is on its way, but not awake yet
    world.settle();
    EXPECT_EQ(woken, 2);
}

TEST(WaitUntil, EndsAtItsTime) {
    test::virtual_world world;
    const auto timer = world.time->make_timer(world.executor());
    EXPECT_EQ(world.run(wait_until(*timer, world.time->now() + 3s)), error_code{});
    EXPECT_EQ(world.time->elapsed(), 3s);
}

TEST(WaitUntil, SaysThatItsTimerWasCancelled) {
    test::virtual_world world;
    const auto timer = world.time->make_timer(world.executor());
    std::optional<error_code> ended;
    asio::co_spawn(world.context,
                   wait_until(*timer, world.time->now() + 3s),
                   [&](std::exception_ptr, error_code ec) { ended = ec; });
    world.settle();
    timer->cancel();
    world.settle();
    EXPECT_EQ(ended, asio::error::operation_aborted);
    EXPECT_EQ(world.time->elapsed(), 0s);
}

} // namespace
} // namespace redrive::net
