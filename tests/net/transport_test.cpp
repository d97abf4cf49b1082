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

transport_config through(const char* https_proxy, const char* http_proxy, int* asked = nullptr) {
    transport_config config;
    config.proxies = [=] {
        if (asked) ++*asked;
        wire::proxy_rules rules;
        rules.for_https.proxy = wire::parse_proxy_url(https_proxy);
        rules.for_http.proxy = wire::parse_proxy_url(http_proxy);
        rules.exceptions = wire::no_proxy_list{"near.test"};
        return rules;
    };
    return config;
}

TEST(Transport, ChoosesTheProxyOfEachEndpoint) {
    test::virtual_world world;
    int asked = 0;
    transport it{world.executor(), world.time, through("p:1", "https://q:2", &asked)};
    EXPECT_EQ(asked, 0) << "nothing is read before the first call";
    const auto& ca = test::loopback_ca_file();
    const auto& https_target = it.pool_for(https("far.test"), ca).found->target();
    ASSERT_TRUE(https_target.proxy);
    EXPECT_EQ(https_target.proxy->address.name(), "http://p:1");
    EXPECT_FALSE(https_target.proxy->tls);
    EXPECT_FALSE(https_target.asks_in_absolute_form());
    const auto& http_target = it.pool_for(http("far.test", 80), ca).found->target();
    ASSERT_TRUE(http_target.proxy);
    EXPECT_TRUE(http_target.proxy->tls);
    EXPECT_TRUE(http_target.asks_in_absolute_form());
    EXPECT_FALSE(it.pool_for(https("near.test"), ca).found->target().proxy);
    EXPECT_FALSE(it.pool_for(https("127.0.0.1"), ca).found->target().proxy);
    EXPECT_EQ(asked, 1);
}

TEST(Transport, NamesAProxySettingThatCannotBeUsedWhereItMatters) {
    test::virtual_world world;
    transport_config config;
    config.proxies = [] {
        wire::proxy_rules rules;
        rules.for_https.problem = "The proxy cannot be used";
        return rules;
    };
    transport it{world.executor(), world.time, config};
    const auto result = it.pool_for(https("far.test"), test::loopback_ca_file());
    EXPECT_EQ(result.found, nullptr);
    EXPECT_EQ(result.ec, client_errc::bad_configuration);
    EXPECT_EQ(result.phase, call_phase::configure);
    EXPECT_EQ(result.detail, "The proxy cannot be used");
    EXPECT_NE(it.pool_for(https("localhost"), test::loopback_ca_file()).found, nullptr);
}

TEST(Transport, NeverPipelinesThroughAProxyThatReadsRequests) {
    test::virtual_world world;
    test::scripted_peer proxy{world.context, world.time, peer_security::plain};
    test::gate opened;
    proxy.afterwards()
        .expect(1)
        .until(opened)
        .reply(http_reply("1"))
        .expect(1)
        .reply(http_reply("2"));
    transport_config config;
    config.limits.max_connections = 1;
    config.limits.pipelining = flow::depth::mode::fixed;
    const auto url = "127.0.0.1:" + std::to_string(proxy.port());
    config.proxies = [url] {
        wire::proxy_rules rules;
        rules.for_http.proxy = wire::parse_proxy_url(url);
        return rules;
    };
    transport it{world.executor(), world.time, config};
    recorded_exchange a{"a"}, b{"b"};
    auto* pool = it.pool_for(http("far.test", 80), "").found;
    ASSERT_TRUE(pool->submit(a));
    ASSERT_TRUE(pool->submit(b));
    world.settle();
    EXPECT_EQ(proxy.requests().size(), 1u);
    opened.open();
    ASSERT_TRUE(world.run_until([&] { return a.done() && b.done(); }));
    EXPECT_EQ(b.reply(), "2");
}

TEST(Transport, CountsHandshakesAndThoseThatTookUpASession) {
    test::virtual_world world;
    test::scripted_peer peer{world.context, world.time};
    peer.afterwards().expect(1).reply(http_reply("1", "200 OK", "Connection: close\r\n"));
    transport it{world.executor(), world.time};
    auto* pool = it.pool_for(https("127.0.0.1", peer.port()), test::loopback_ca_file()).found;
    recorded_exchange a{"a"}, b{"b"};
    for (auto* call : {&a, &b}) {
        ASSERT_TRUE(pool->submit(*call));
        ASSERT_TRUE(world.run_until([&] { return call->done(); }));
    }
    EXPECT_EQ(it.stats().handshakes, 2u);
    EXPECT_EQ(it.stats().resumed, 1u);
}

} // namespace
} // namespace redrive::net
