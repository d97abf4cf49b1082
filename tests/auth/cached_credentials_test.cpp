#include "auth/cached_credentials.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

#include <atomic>
#include <thread>

#include "auth/source_rig.hpp"

namespace redrive::auth {
namespace {

using namespace std::chrono_literals;

// A cache over a source that numbers what it gives; noon, and a clock that the test moves.
class cache_rig {
  public:
    cache_rig() {
        time->set_wall_clock(source_rig::noon);
        cache = std::make_shared<cached_credentials>(
            io.get_executor(),
            credential_loader{[this] { return load(); }, time, [] { return 0.0; }});
    }

    void ask() {
        cache->async_load(io.get_executor(),
                          [this](auto found) { seen.push_back(key_or_error(found)); });
    }
    void settle() {
        io.restart();
        io.poll(); // a load that is held is work that would keep run() from returning
    }

    boost::asio::io_context io;
    std::shared_ptr<test::manual_time> time = std::make_shared<test::manual_time>();
    std::shared_ptr<cached_credentials> cache;
    std::vector<std::string> seen;
    int loads = 0;
    bool fails = false;
    std::chrono::milliseconds life = 1h;
    std::vector<boost::asio::any_completion_handler<void()>> held; // loads that are under way
    bool holds = false;

  private:
    boost::asio::awaitable<result<loaded_credentials>> load() {
        const auto number = ++loads;
        if (holds)
            co_await boost::asio::async_initiate<decltype(boost::asio::use_awaitable), void()>(
                [this](auto handler) { held.emplace_back(std::move(handler)); },
                boost::asio::use_awaitable);
        if (fails) co_return source_failure("down");
        loaded_credentials out;
        out.keys.access_key_id = "KEY" + std::to_string(number);
        out.expiry = out.usable_until = time->wall_now() + life;
        co_return out;
    }
};

using seen_keys = std::vector<std::string>;

TEST(CachedCredentials, AreLoadedOnceForAllWhoAsk) {
    cache_rig it;
    it.holds = true;
    it.ask();
    it.ask();
    it.ask();
    it.settle();
    EXPECT_TRUE(it.seen.empty());
    ASSERT_EQ(it.held.size(), 1u);
    boost::asio::post(it.io, std::move(it.held[0]));
    it.settle();
    EXPECT_EQ(it.seen, (seen_keys{"KEY1", "KEY1", "KEY1"}));
    it.ask();
    it.settle();
    EXPECT_EQ(it.seen.back(), "KEY1");
    EXPECT_EQ(it.loads, 1);
}

TEST(CachedCredentials, AreReplacedInTheBackgroundBeforeTheyExpire) {
    cache_rig it;
    it.ask();
    it.settle();
    it.time->advance(56min);
    it.ask(); // nobody waits
    it.settle();
    EXPECT_EQ(it.seen, (seen_keys{"KEY1", "KEY1"}));
    EXPECT_EQ(it.loads, 2);
    it.ask();
    it.settle();
    EXPECT_EQ(it.seen.back(), "KEY2");
    EXPECT_EQ(it.loads, 2);
}

TEST(CachedCredentials, SurviveAFailureWhileTheyAreGoodAndTryAgainLater) {
    cache_rig it;
    it.ask();
    it.settle();
    it.time->advance(56min);
    it.fails = true;
    it.ask();
    it.settle();
    EXPECT_EQ(it.loads, 2);
    it.time->advance(10s);
    it.ask(); // held off
    it.settle();
    EXPECT_EQ(it.loads, 2);
    it.time->advance(30s);
    it.ask();
    it.settle();
    EXPECT_EQ(it.loads, 3);
    EXPECT_EQ(it.seen, (seen_keys{"KEY1", "KEY1", "KEY1", "KEY1"}));
    it.time->advance(5min);
    it.ask(); // expired: the failure is everybody's now
    it.settle();
    EXPECT_EQ(it.seen.back(), "down");
    it.fails = false;
    it.ask();
    it.settle();
    EXPECT_EQ(it.seen.back(), "KEY5");
}

TEST(CachedCredentials, ThatAServiceRefusedAreNotGivenOutAgain) {
    cache_rig it;
    it.ask();
    it.settle();
    credentials other;
    other.access_key_id = "ANOTHER";
    it.cache->refused(other);
    it.ask();
    it.settle();
    EXPECT_EQ(it.seen.back(), "KEY1");
    credentials mine;
    mine.access_key_id = "KEY1";
    it.cache->refused(mine);
    it.ask();
    it.settle();
    EXPECT_EQ(it.seen.back(), "KEY2");
}

TEST(CachedCredentials, OfOneOriginAreSharedByAContext) {
    boost::asio::io_context io, other;
    int made = 0;
    const auto make = [&](boost::asio::any_io_executor) {
        ++made;
        return credential_loader{};
    };
    const auto first = shared_credentials(io.get_executor(), "a", make);
    EXPECT_EQ(shared_credentials(io.get_executor(), "a", make), first);
    EXPECT_NE(shared_credentials(io.get_executor(), "b", make), first);
    EXPECT_NE(shared_credentials(other.get_executor(), "a", make), first);
    EXPECT_EQ(made, 3);
}

TEST(CachedCredentials, MayBeAskedByManyThreads) {
    constexpr int threads = 4, asks = 200;
    boost::asio::io_context io;
    std::atomic<int> loads = 0, answers = 0;
    const auto provider =
        shared_credentials(io.get_executor(), "a", [&](boost::asio::any_io_executor) {
            credential_loader out;
            out.load = [&]() -> boost::asio::awaitable<result<loaded_credentials>> {
                ++loads;
                co_return loaded_credentials{};
            };
            out.time = real_time_source();
            out.random_unit = [] { return 0.0; };
            return out;
        });
    std::vector<std::thread> running;
    for (int t = 0; t < threads; ++t)
        running.emplace_back([&] {
            for (int i = 0; i < asks; ++i)
                provider->async_load(io.get_executor(), [&](auto found) {
                    if (found) ++answers;
                });
            io.run();
        });
    for (auto& each : running)
        each.join();
    io.restart();
    io.run();
    EXPECT_EQ(answers, threads * asks);
    EXPECT_EQ(loads, 1);
}

} // namespace
} // namespace redrive::auth
