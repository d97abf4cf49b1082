#include "net/parking.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "net/waiting.hpp"

namespace redrive::net {
namespace {

TEST(Parking, GivesBackTheHandlerThatWasParked) {
    asio::io_context context;
    parked_handler<void(int)> place{context.get_executor()};
    EXPECT_FALSE(place);
    int seen = 0;
    place.park([&](int value) { seen = value; });
    EXPECT_TRUE(place);
    place.take()(7);
    EXPECT_EQ(seen, 7);
    EXPECT_FALSE(place);
}

TEST(Parking, DropsWhatIsParkedWhenTheContextEnds) {
    const auto owned = std::make_shared<int>(1);
    std::optional<asio::io_context> context{std::in_place};
    parked_handler<void()> first{context->get_executor()}, second{context->get_executor()};
    first.park([owned] {});
    second.park([owned] {});
    EXPECT_EQ(owned.use_count(), 3);
    context.reset();
    EXPECT_EQ(owned.use_count(), 1);
    EXPECT_FALSE(first);
}

TEST(Parking, ForgetsAPlaceThatGoesAway) {
    const auto owned = std::make_shared<int>(1);
    asio::io_context context;
    parked_handler<void()> before{context.get_executor()};
    before.park([owned] {});
    {
        parked_handler<void()> between{context.get_executor()};
        between.park([owned] {});
        parked_handler<void()> after{context.get_executor()};
        after.park([owned] {});
        EXPECT_EQ(owned.use_count(), 4);
    }
    EXPECT_EQ(owned.use_count(), 2);
}

// Nobody but the context could destroy this coroutine: it owns what it waits for.
TEST(Parking, LetsACoroutineOwnWhatItWaitsFor) {
    const auto owned = std::make_shared<int>(1);
    {
        asio::io_context context;
        auto bell = std::make_shared<wakeup>(context.get_executor());
        const auto sleep = [](std::shared_ptr<wakeup> own,
                              std::shared_ptr<int>) -> asio::awaitable<void> {
            co_await own->wait();
        };
        asio::co_spawn(context, sleep(std::move(bell), owned), asio::detached);
        context.poll();
        EXPECT_EQ(owned.use_count(), 2);
    }
    EXPECT_EQ(owned.use_count(), 1);
}

} // namespace
} // namespace redrive::net
