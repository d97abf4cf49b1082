#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client_rig.hpp"
#include "support/hanging_names.hpp"
#include "support/silent_port.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

// A client whose service is far away, and the proxy on the way, played by the rig's peer.
class far_rig : public client_rig {
  public:
    explicit far_rig(const std::string& scheme = "http") {
        config.endpoint_url = scheme + "://sqs.test";
        config.max_attempts = 1;
        proxy_url = "http://user:hush@127.0.0.1:" + std::to_string(peer.port());
    }
    std::string proxy_url;
};

TEST(ClientProxy, AsksInAbsoluteFormForAnEndpointInPlainText) {
    far_rig it;
    it.environment.set("http_proxy", it.proxy_url);
    it.pipeline(8);
    it.peer.connection().serve(moved_of);
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_FALSE(call.ec) << call.result.info.message;
    const auto& seen = it.peer.requests().at(0);
    EXPECT_EQ(seen.request.target, "http://sqs.test/");
    EXPECT_EQ(seen.header("Host"), "sqs.test");
    EXPECT_EQ(seen.header("Proxy-Authorization"), "Basic dXNlcjpodXNo");
    EXPECT_THAT(seen.header("Authorization"), Not(HasSubstr("proxy")));
}

TEST(ClientProxy, SaysThatAProxyWantsOtherCredentials) {
    far_rig it;
    it.config.transport.proxy = it.proxy_url;
    it.peer.connection().expect(1).reply(test::http_reply("<html>", "407 Who are you?"));
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::proxy_refused);
    EXPECT_EQ(call.result.info.phase, call_phase::proxy);
    EXPECT_THAT(call.result.info.message, HasSubstr("407"));
}

TEST(ClientProxy, AsksAgainAfterAFailureAndNeverAfterARefusal) {
    const std::tuple<const char*, client_errc, std::size_t> cases[] = {
        {"502 Bad Gateway", client_errc::proxy_failed, 2},
        {"403 Forbidden", client_errc::proxy_refused, 1}};
    for (const auto& [status, ec, times] : cases) {
        far_rig it{"https"};
        it.config.transport.proxy = it.proxy_url;
        it.config.max_attempts = 2;
        it.peer.afterwards().expect(1).reply(test::http_reply("", status));
        auto& call = it.cancel(1);
        ASSERT_TRUE(it.run_until_done());
        EXPECT_EQ(call.ec, ec) << status;
        EXPECT_EQ(call.result.info.phase, call_phase::proxy);
        EXPECT_THAT(call.result.info.message, Not(HasSubstr("hush")));
        EXPECT_EQ(it.peer.requests().size(), times) << status;
    }
}

TEST(ClientProxy, PrefersWhatTheCodeSays) {
    far_rig it;
    it.environment.set("HTTP_PROXY", "http://127.0.0.1:1");
    it.environment.set("NO_PROXY", "*");
    it.config.transport.proxy = it.proxy_url;
    it.peer.connection().serve(moved_of);
    auto& through = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_FALSE(through.ec);

    client_rig direct;
    direct.environment.set("HTTP_PROXY", "http://127.0.0.1:1");
    direct.config.endpoint_url = "http://sqs.test:80";
    direct.config.transport.connect_to = {{"sqs.test", 80, "127.0.0.1", direct.peer.port()}};
    direct.config.transport.proxy = "";
    direct.peer.connection().serve(moved_of);
    auto& without = direct.cancel(1);
    ASSERT_TRUE(direct.run_until_done());
    EXPECT_FALSE(without.ec);
    EXPECT_EQ(direct.peer.requests().at(0).request.target, "/");
}

TEST(ClientProxy, NamesAVariableThatCannotBeUsed) {
    far_rig it{"https"};
    it.environment.set("HTTPS_PROXY", "socks5://user:hush@127.0.0.1");
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::bad_configuration);
    EXPECT_EQ(call.result.info.phase, call_phase::configure);
    EXPECT_THAT(call.result.info.message, HasSubstr("HTTPS_PROXY"));
    EXPECT_THAT(call.result.info.message, Not(HasSubstr("hush")));
}

TEST(ClientProxy, KeepsDeadlinesAndCancellationsInEachStateOnTheWay) {
    for (const std::string state : {"resolving", "connecting", "asking", "shaking hands inside"}) {
        for (const bool cancels : {false, true}) {
            const test::hanging_names names;
            far_rig it{"https"};
            const test::silent_port silent{it.world.context};
            it.config.transport.proxy = it.proxy_url;
            if (state == "resolving") it.config.transport.proxy = "http://a.hangs.test";
            if (state == "connecting")
                it.config.transport.proxy = "127.0.0.1:" + std::to_string(silent.number());
            auto& script = it.peer.connection();
            if (state == "asking") script.expect(1).hold();
            if (state == "shaking hands inside")
                script.expect(1).reply("HTTP/1.1 200 OK\r\n\r\n").hold();
            auto& call = it.cancel(1, cancel_options{}.deadline(2s));
            it.world.settle();
            EXPECT_FALSE(call.done()) << state;
            if (cancels) call.cancel();
            ASSERT_TRUE(it.run_until_done()) << state;
            EXPECT_EQ(call.outcomes, 1);
            if (cancels) {
                EXPECT_EQ(call.ec, boost::asio::error::operation_aborted) << state;
                EXPECT_EQ(it.world.time->elapsed(), 0s) << state;
            } else {
                EXPECT_EQ(call.ec, client_errc::deadline_exceeded) << state;
                EXPECT_EQ(it.world.time->elapsed(), 2s) << state;
            }
        }
    }
}

} // namespace
} // namespace redrive
