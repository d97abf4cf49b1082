#include "net/transport.hpp"

#include <gtest/gtest.h>

#include "recorded_exchange.hpp"
#include "support/manual_time.hpp"
#include "support/scripted_peer.hpp"

namespace redrive::net {
namespace {

using test::http_reply;
using test::peer_security;

endpoint https(std::string host, std::uint16_t port = 443) {
    endpoint out;
    out.host = std::move(host);
    out.port = port;
    return out;
}

endpoint http(std::string host, std::uint16_t port) {
    auto out = https(std::move(host), port);
    out.tls = false;
    return out;
}

TEST(Transport, KeepsOnePoolForEachEndpointAndBundle) {
    test::virtual_world world;
    transport it{world.executor(), world.time};
    const auto& ca = test::loopback_ca_file();
    const auto same = it.pool_for(https("a"), ca).found;
    ASSERT_NE(same, nullptr);
    EXPECT_EQ(it.pool_for(https("a"), ca).found, same);
    EXPECT_NE(it.pool_for(https("b"), ca).found, same);
    EXPECT_NE(it.pool_for(https("a", 8443), ca).found, same);
    EXPECT_NE(it.pool_for(http("a", 443), ca).found, same);
    EXPECT_NE(it.pool_for(https("a"), "").found, same);
}

TEST(Transport, SharesAPlainPoolWhateverTheBundle) {
    test::virtual_world world;
    transport it{world.executor(), world.time};
    EXPECT_EQ(it.pool_for(http("a", 80), "/no/such.pem").found,
              it.pool_for(http("a", 80), "").found);
}

TEST(Transport, NamesABundleThatCannotBeReadEachTimeItIsAsked) {
    test::virtual_world world;
    transport it{world.executor(), world.time};
    for (int i = 0; i < 2; ++i) {
        const auto result = it.pool_for(https("a"), "/no/such.pem");
        EXPECT_EQ(result.found, nullptr);
        EXPECT_EQ(result.ec, client_errc::bad_ca_bundle);
        EXPECT_EQ(result.detail, "CA bundle /no/such.pem does not exist");
    }
    EXPECT_EQ(it.stats().open, 0u);
}

TEST(Transport, ConnectsElsewhereByTheFirstRuleThatMatches) {
    test::virtual_world world;
    transport_config config;
    config.connect_to = {{"other", 0, "10.0.0.1", 1},
                         {"", 80, "10.0.0.2", 0},
                         {"name", 443, "127.0.0.1", 8443},
                         {"", 0, "10.0.0.3", 3}};
    transport it{world.executor(), world.time, config};
    const auto& by_name = it.pool_for(https("name"), test::loopback_ca_file()).found->target();
    EXPECT_EQ(by_name.host, "name") << "which TLS verifies";
    EXPECT_EQ(by_name.connect_host, "127.0.0.1");
    EXPECT_EQ(by_name.connect_port, 8443);
    const auto& by_port = it.pool_for(http("name", 80), "").found->target();
    EXPECT_EQ(by_port.connect_host, "10.0.0.2");
    EXPECT_EQ(by_port.connect_port, 0);
    const auto& by_none = it.pool_for(http("name", 81), "").found->target();
    EXPECT_EQ(by_none.connect_host, "10.0.0.3");
}

TEST(Transport, CarriesCallsToWhereARuleSendsThem) {
    test::virtual_world world;
    test::scripted_peer peer{world.context, world.time};
    peer.connection().expect(1).reply(http_reply("1"));
    transport_config config;
    config.connect_to = {{"localhost", 443, "127.0.0.1", peer.port()}};
    transport it{world.executor(), world.time, config};
    recorded_exchange call{"a"};
    ASSERT_TRUE(it.pool_for(https("localhost"), test::loopback_ca_file()).found->submit(call));
    ASSERT_TRUE(world.run_until([&] { return call.done(); }));
    EXPECT_EQ(call.reply(), "1");
}

TEST(Transport, SumsTheCountersOfItsPools) {
    test::virtual_world world;
    test::scripted_peer one{world.context, world.time, peer_security::plain};
    test::scripted_peer two{world.context, world.time, peer_security::plain};
    for (auto* peer : {&one, &two})
        peer->connection().serve([](const test::seen_request&) { return http_reply("1"); });
    transport it{world.executor(), world.time};
    recorded_exchange a{"a"}, b{"b"};
    ASSERT_TRUE(it.pool_for(http("127.0.0.1", one.port()), "").found->submit(a));
    ASSERT_TRUE(it.pool_for(http("127.0.0.1", two.port()), "").found->submit(b));
    ASSERT_TRUE(world.run_until([&] { return a.done() && b.done(); }));
    const auto sum = it.stats();
    EXPECT_EQ(sum.open, 2u);
    EXPECT_EQ(sum.opened, 2u);
    EXPECT_EQ(sum.replies, 2u);
    EXPECT_EQ(sum.waiting, 0u);
}

} // namespace
} // namespace redrive::net
