#include "net/connect_race.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "support/manual_time.hpp"
#include "support/scripted_peer.hpp"
#include "support/silent_port.hpp"

namespace redrive::net {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

// Addresses of the loopback block, with the port of a peer that listens at 127.0.0.1 only.
class race_rig {
  public:
    race_rig() : peer{world.context, world.time, test::peer_security::plain} {
        peer.afterwards().expect_end();
    }
    connect_race& to(std::initializer_list<const char*> hosts) {
        std::vector<asio::ip::tcp::endpoint> addresses;
        for (const auto* each : hosts)
            addresses.emplace_back(asio::ip::make_address(each), peer.port());
        socket.emplace(world.executor());
        return race.emplace(
            world.executor(), world.time, addresses, flow::connect_timing{}, memory);
    }
    open_result run(std::initializer_list<const char*> hosts) {
        return world.run(to(hosts).run(*socket));
    }
    [[nodiscard]] std::string winner() const {
        return socket->remote_endpoint().address().to_string();
    }

    test::virtual_world world;
    test::scripted_peer peer;
    std::shared_ptr<flow::failed_addresses> memory = std::make_shared<flow::failed_addresses>();
    std::optional<asio::ip::tcp::socket> socket;
    std::optional<connect_race> race;
};

TEST(ConnectRace, ConnectsToTheOnlyAddress) {
    race_rig it;
    ASSERT_FALSE(it.run({"127.0.0.1"}).ec);
    EXPECT_EQ(it.winner(), "127.0.0.1");
}

TEST(ConnectRace, FailsWithoutAnAddress) {
    race_rig it;
    EXPECT_EQ(it.run({}).ec, client_errc::connect_failed);
}

TEST(ConnectRace, GoesOnAtOnceWhenAnAddressRefuses) {
    race_rig it;
    ASSERT_FALSE(it.run({"127.0.0.2", "127.0.0.1"}).ec);
    EXPECT_EQ(it.winner(), "127.0.0.1");
    EXPECT_EQ(it.world.time->elapsed(), 0ms);
}

TEST(ConnectRace, GoesOnAfterAQuarterOfASecondWhenAnAddressIsSilent) {
    race_rig it;
    const test::silent_port silent{it.world.context, "127.0.0.2", it.peer.port()};
    ASSERT_FALSE(it.run({"127.0.0.2", "127.0.0.1"}).ec);
    EXPECT_EQ(it.winner(), "127.0.0.1");
    EXPECT_EQ(it.world.time->elapsed(), 250ms);
    it.race.reset();
    it.world.settle();
    EXPECT_EQ(it.world.time->timers_waiting(), 0u);
}

TEST(ConnectRace, TriesWhatFailedOrLostLastTheNextTime) {
    race_rig it;
    const test::silent_port silent{it.world.context, "127.0.0.2", it.peer.port()};
    ASSERT_FALSE(it.run({"127.0.0.2", "127.0.0.1"}).ec);
    const auto before = it.world.time->elapsed();
    ASSERT_FALSE(it.run({"127.0.0.2", "127.0.0.1"}).ec);
    EXPECT_EQ(it.world.time->elapsed(), before);
    it.world.time->advance(6min);
    const auto later = it.world.time->elapsed();
    ASSERT_FALSE(it.run({"127.0.0.2", "127.0.0.1"}).ec);
    EXPECT_EQ(it.world.time->elapsed() - later, 250ms) << "forgotten";
}

TEST(ConnectRace, RacesTheFamilies) {
    race_rig it;
    ASSERT_FALSE(it.run({"::1", "127.0.0.2", "127.0.0.1"}).ec) << "nothing listens at ::1";
    EXPECT_EQ(it.winner(), "127.0.0.1");
}

TEST(ConnectRace, TellsOfEachAddressWhenAllFail) {
    race_rig it;
    const auto result = it.run({"127.0.0.2", "127.0.0.3"});
    EXPECT_EQ(result.ec, client_errc::connect_failed);
    EXPECT_EQ(result.phase, call_phase::connect);
    EXPECT_THAT(result.detail, HasSubstr("127.0.0.2:" + std::to_string(it.peer.port())));
    EXPECT_THAT(result.detail, HasSubstr("; 127.0.0.3:"));
}

TEST(ConnectRace, TellsOfNoMoreAddressesThanALineHolds) {
    race_rig it;
    EXPECT_THAT(it.run({"127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"}).detail,
                ::testing::AllOf(HasSubstr("127.0.0.4"), ::testing::Not(HasSubstr("127.0.0.5"))));
}

TEST(ConnectRace, GivesEachSilentAddressItsTime) {
    race_rig it;
    const test::silent_port one{it.world.context, "127.0.0.2", it.peer.port()};
    const test::silent_port two{it.world.context, "127.0.0.3", it.peer.port()};
    const auto result = it.run({"127.0.0.2", "127.0.0.3"});
    EXPECT_EQ(result.ec, client_errc::connect_timeout);
    EXPECT_THAT(result.detail, HasSubstr("no answer"));
    EXPECT_EQ(it.world.time->elapsed(), 3350ms);
}

TEST(ConnectRace, EndsAtOnceWhenItIsStopped) {
    race_rig it;
    const test::silent_port one{it.world.context, "127.0.0.2", it.peer.port()};
    const test::silent_port two{it.world.context, "127.0.0.3", it.peer.port()};
    std::optional<open_result> result;
    asio::co_spawn(it.world.context,
                   it.to({"127.0.0.2", "127.0.0.3"}).run(*it.socket),
                   [&](std::exception_ptr, open_result ended) { result = std::move(ended); });
    it.world.settle();
    it.world.time->advance(250ms);
    it.world.settle();
    EXPECT_FALSE(result);
    it.race->stop();
    it.world.settle();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->ec, client_errc::client_closed);
}

// What waits then belongs to the context, which destroys it.
TEST(ConnectRace, LeavesNothingBehindWhenItsContextEndsFirst) {
    std::optional<open_result> result;
    {
        race_rig it;
        const test::silent_port silent{it.world.context, "127.0.0.2", it.peer.port()};
        asio::co_spawn(it.world.context,
                       it.to({"127.0.0.2"}).run(*it.socket),
                       [&](std::exception_ptr, open_result ended) { result = std::move(ended); });
        it.world.settle();
    }
    EXPECT_FALSE(result);
}

} // namespace
} // namespace redrive::net
