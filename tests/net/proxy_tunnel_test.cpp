#include "net/proxy_tunnel.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/hanging_names.hpp"
#include "support/manual_time.hpp"
#include "support/scripted_peer.hpp"
#include "support/silent_port.hpp"

namespace redrive::net {
namespace {

using namespace std::chrono_literals;
using test::peer_security;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* established = "HTTP/1.1 200 Connection established\r\n\r\n";

const test::certificate_set& sqs_certificates() {
    static const auto made = test::make_certificates("DNS:sqs.test");
    return made;
}

// A service that only a proxy can reach, under a name that only the proxy knows.
class proxy_rig {
  public:
    explicit proxy_rig(peer_security security = peer_security::plain)
        : proxy{world.context, world.time, security}, service{world.context,
                                                              world.time,
                                                              peer_security::tls,
                                                              sqs_certificates()} {
        target.host = "sqs.test";
        target.tls = make_tls_context({test::file_with(sqs_certificates().ca)}).context;
        target.proxy.emplace();
        const std::string scheme = security == peer_security::tls ? "https://" : "http://";
        target.proxy->address =
            *wire::parse_proxy_url(scheme + "user:hush@127.0.0.1:" + std::to_string(proxy.port()));
        if (security == peer_security::tls)
            target.proxy->tls = make_tls_context({test::loopback_ca_file()}).context;
        target.memory = std::make_shared<endpoint_memory>();
    }
    void serve() {
        proxy.connection().expect(1).reply(established).tunnel(service.port());
        service.connection().expect_bytes(5).reply("pong");
    }
    open_result open() { return world.run(stream.open(target, {})); }
    std::string ping() {
        char bytes[64];
        if (world.run(stream.write_some("ping\n")).ec) return "lost";
        const auto result = world.run(stream.read_some(bytes));
        return {bytes, result.n};
    }
    // The outcome of opening through a proxy that answers so.
    open_result answered(const std::string& answer) {
        proxy.connection().expect(1).reply(answer);
        return open();
    }

    test::virtual_world world;
    test::scripted_peer proxy;
    test::scripted_peer service;
    stream_target target;
    byte_stream stream{world.executor(), world.time};
};

TEST(ProxyTunnel, CarriesTlsThroughBothKindsOfProxy) {
    for (const auto security : {peer_security::plain, peer_security::tls}) {
        proxy_rig it{security};
        it.serve();
        const auto opened = it.open();
        ASSERT_FALSE(opened.ec) << opened.detail;
        EXPECT_EQ(it.ping(), "pong");
        const auto& asked = it.proxy.requests().at(0);
        EXPECT_EQ(asked.request.method, "CONNECT");
        EXPECT_EQ(asked.request.target, "sqs.test:443");
        EXPECT_EQ(asked.header("Host"), "sqs.test:443");
        EXPECT_EQ(asked.header("Proxy-Authorization"), "Basic dXNlcjpodXNo");
        EXPECT_EQ(it.target.memory->sessions.handshakes(), 1u);
        EXPECT_EQ(it.target.memory->sessions_with_proxy.handshakes(),
                  security == peer_security::tls ? 1u : 0u);
    }
}

TEST(ProxyTunnel, AsksForTheOtherPlaceThatIsToBeConnectedTo) {
    proxy_rig it;
    it.serve();
    it.target.connect_host = "elsewhere.test";
    it.target.connect_port = 8443;
    ASSERT_FALSE(it.open().ec);
    EXPECT_EQ(it.proxy.requests().at(0).request.target, "elsewhere.test:8443");
}

TEST(ProxyTunnel, VerifiesTheServiceAndNotTheProxyInside) {
    proxy_rig it;
    it.serve();
    it.target.host = "other.test";
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::certificate_rejected);
    EXPECT_EQ(result.phase, call_phase::tls);
    EXPECT_EQ(result.detail, "the certificate is for sqs.test, not for other.test");
}

TEST(ProxyTunnel, VerifiesAProxyThatSpeaksTls) {
    proxy_rig it{peer_security::tls};
    it.target.proxy->tls = it.target.tls; // another authority
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::certificate_rejected);
    EXPECT_EQ(result.phase, call_phase::proxy);
    EXPECT_THAT(result.detail, HasSubstr("which is not trusted here"));
    EXPECT_TRUE(it.proxy.requests().empty()) << "it must not see the password";
}

TEST(ProxyTunnel, ExplainsEachRefusal) {
    const std::tuple<const char*, client_errc, const char*> cases[] = {
        {"407 Proxy Authentication Required", client_errc::proxy_refused, "user and password"},
        {"403 Forbidden", client_errc::proxy_refused, "forbids connections to sqs.test:443"},
        {"502 Bad Gateway", client_errc::proxy_failed, "cannot reach sqs.test:443 (502 Bad"},
        {"500 Oops", client_errc::proxy_failed, "did not connect to sqs.test:443 (500 Oops)"}};
    for (const auto& [status, ec, words] : cases) {
        proxy_rig it;
        const auto result =
            it.answered(test::http_reply("<html>secret page</html>", status, "X: y\r\n"));
        EXPECT_EQ(result.ec, ec) << status;
        EXPECT_EQ(result.phase, call_phase::proxy);
        EXPECT_THAT(result.detail, HasSubstr(words));
        EXPECT_THAT(result.detail, HasSubstr("http://127.0.0.1:"));
        EXPECT_THAT(result.detail, Not(HasSubstr("hush")));
    }
}

TEST(ProxyTunnel, FailsWhenTheAnswerIsNoneOfAProxy) {
    const std::pair<std::string, const char*> cases[] = {
        {"SSH-2.0-OpenSSH_9.2\r\n", "does not answer as an HTTP proxy"},
        {"HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x'), "does not answer as an HTTP proxy"},
        {std::string{established} + "HELLO", "sent bytes that nobody asked for"},
        {"HTTP/1.1 200", "ended the connection"},
        {"", "ended the connection"}};
    for (const auto& [answer, words] : cases) {
        proxy_rig it;
        const auto result = it.answered(answer);
        EXPECT_EQ(result.ec, client_errc::proxy_failed) << answer.substr(0, 40);
        EXPECT_EQ(result.phase, call_phase::proxy);
        EXPECT_THAT(result.detail, HasSubstr(words));
    }
}

TEST(ProxyTunnel, GivesUpAProxyThatIsSilent) {
    proxy_rig it;
    it.proxy.connection().expect(1).hold();
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::proxy_failed);
    EXPECT_EQ(result.phase, call_phase::proxy);
    EXPECT_THAT(result.detail, HasSubstr("does not answer the request for sqs.test:443"));
    EXPECT_EQ(it.world.time->elapsed(), 6200ms);
}

TEST(ProxyTunnel, BlamesTheProxyThatCannotBeReached) {
    proxy_rig it;
    it.proxy.stop_listening();
    it.world.settle();
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::connect_failed);
    EXPECT_EQ(result.phase, call_phase::proxy);
    EXPECT_THAT(result.detail, ::testing::StartsWith("proxy http://127.0.0.1:"));
}

TEST(ProxyTunnel, ReadsAnAnswerThatComesInPieces) {
    proxy_rig it;
    it.proxy.connection()
        .expect(1)
        .reply_in_pieces({"HTTP/1.0 2", "00 OK\r\nVia: x\r", "\nContent-Length: 99\r\n\r", "\n"})
        .tunnel(it.service.port());
    it.service.connection().expect_bytes(5).reply("pong");
    ASSERT_FALSE(it.open().ec);
    EXPECT_EQ(it.ping(), "pong");
}

TEST(ProxyTunnel, FailsInOrderAtEachStepOfTheProxy) {
    for (const auto security : {peer_security::plain, peer_security::tls}) {
        for (const auto how :
             {test::scripted_peer::failure::close, test::scripted_peer::failure::reset}) {
            for (std::size_t step = 0;; ++step) {
                ASSERT_LT(step, 50u) << "it never passes";
                proxy_rig it{security};
                it.serve();
                it.proxy.fail_at(step, how);
                const auto opened = it.open();
                if (!opened.ec && it.ping() == "pong") break;
                if (!opened.ec) continue; // lost after it was open
                EXPECT_TRUE(opened.phase == call_phase::proxy || opened.phase == call_phase::tls);
                EXPECT_FALSE(opened.detail.empty());
                EXPECT_THAT(opened.detail, Not(HasSubstr("hush")));
            }
        }
    }
}

TEST(ProxyTunnel, StopsInEachStateWhenTheStreamIsClosed) {
    for (const std::string state :
         {"resolving", "connecting", "shaking hands", "asking", "shaking hands inside"}) {
        const test::hanging_names names;
        proxy_rig it{peer_security::tls};
        const test::silent_port silent{it.world.context};
        if (state == "resolving") it.target.proxy->address.host = "a.hangs.test";
        if (state == "connecting") it.target.proxy->address.port = silent.number();
        auto& script = it.proxy.connection();
        if (state == "shaking hands") script.before_handshake().hold();
        if (state == "asking") script.expect(1).hold();
        if (state == "shaking hands inside") script.expect(1).reply(established).hold();
        std::optional<open_result> opened;
        asio::co_spawn(it.world.context,
                       it.stream.open(it.target, {}),
                       [&](std::exception_ptr, open_result result) { opened = result; });
        it.world.settle();
        EXPECT_FALSE(opened) << state;
        it.stream.close();
        it.world.settle();
        ASSERT_TRUE(opened) << state;
        EXPECT_EQ(opened->ec, client_errc::client_closed) << state;
        EXPECT_EQ(it.world.time->elapsed(), 0s) << state;
    }
}

} // namespace
} // namespace redrive::net
