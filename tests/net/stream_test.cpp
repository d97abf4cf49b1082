#include "net/stream.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/this_coro.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/waiting.hpp"
#include "support/hanging_names.hpp"
#include "support/manual_time.hpp"
#include "support/scripted_peer.hpp"
#include "support/silent_port.hpp"

namespace redrive::net {
namespace {

using namespace std::chrono_literals;
using test::gate;
using test::peer_security;
using ::testing::HasSubstr;

// A client's stream and the peer that it goes to.
class stream_rig {
  public:
    explicit stream_rig(peer_security security = peer_security::tls,
                        const test::certificate_set& identity = test::loopback_certificates())
        : peer{world.context, world.time, security, identity} {
        target.host = "127.0.0.1";
        target.port = peer.port();
        if (security == peer_security::tls) trust(test::loopback_ca_file());
    }
    void trust(const std::string& ca_file) { target.tls = make_tls_context({ca_file}).context; }

    open_result open() { return world.run(stream.open(target, {})); }
    std::string read() {
        char bytes[4096];
        const auto result = world.run(stream.read_some(bytes));
        last_error = result.ec;
        return {bytes, result.n};
    }
    std::size_t write(std::string_view bytes) {
        const auto result = world.run(stream.write_some(bytes));
        last_error = result.ec;
        return result.n;
    }

    test::virtual_world world;
    test::scripted_peer peer;
    stream_target target;
    byte_stream stream{world.executor(), world.time};
    error_code last_error;
};

TEST(Stream, CarriesBytesBothWaysOverTls) {
    stream_rig it;
    it.peer.connection().expect_bytes(5).reply("pong");
    ASSERT_FALSE(it.open().ec);
    EXPECT_EQ(it.write("ping\n"), 5u);
    EXPECT_EQ(it.read(), "pong");
    EXPECT_FALSE(it.last_error);
}

TEST(Stream, CarriesBytesBothWaysInPlainText) {
    stream_rig it{peer_security::plain};
    it.peer.connection().expect_bytes(5).reply("pong");
    ASSERT_FALSE(it.open().ec);
    EXPECT_EQ(it.write("ping\n"), 5u);
    EXPECT_EQ(it.read(), "pong");
    EXPECT_EQ(it.read(), "");
    EXPECT_TRUE(it.last_error) << "the peer has closed";
}

TEST(Stream, VerifiesTheNameOfTheHost) {
    stream_rig it;
    it.peer.connection().expect_bytes(1).reply("!");
    it.target.host = "localhost";
    it.target.connect_host = "127.0.0.1";
    ASSERT_FALSE(it.open().ec);
    EXPECT_EQ(it.write("?"), 1u);
    EXPECT_EQ(it.read(), "!");
}

TEST(Stream, RejectsACertificateForAnotherName) {
    stream_rig it;
    it.target.host = "sqs.eu-west-1.amazonaws.com";
    it.target.connect_host = "127.0.0.1";
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::certificate_rejected);
    EXPECT_EQ(result.phase, call_phase::tls);
    EXPECT_EQ(result.detail,
              "the certificate is for localhost, 127.0.0.1, ::1, not for "
              "sqs.eu-west-1.amazonaws.com");
}

TEST(Stream, RejectsACertificateForAnotherAddress) {
    stream_rig it;
    it.target.host = "127.0.0.2";
    it.target.connect_host = "127.0.0.1";
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::certificate_rejected);
    EXPECT_EQ(result.detail, "the certificate is for localhost, 127.0.0.1, ::1, not for 127.0.0.2");
}

TEST(Stream, ReadsAnIpv6LiteralAsAnAddressAndNotAsAName) {
    stream_rig it;
    it.peer.connection().expect_end();
    it.target.host = "::1";
    it.target.connect_host = "127.0.0.1";
    EXPECT_FALSE(it.open().ec);
}

// No certificate names it, and whatever cannot be verified must not pass.
TEST(Stream, RefusesAHostThatCannotBeVerified) {
    for (const auto* host : {"fe80::1%lo", ""}) {
        stream_rig it;
        it.peer.connection().expect_end();
        it.target.host = host;
        it.target.connect_host = "127.0.0.1";
        const auto result = it.open();
        EXPECT_EQ(result.ec, client_errc::certificate_rejected) << host;
        EXPECT_EQ(result.phase, call_phase::tls);
    }
}

TEST(Stream, RejectsACertificateOfAnUnknownAuthority) {
    const auto other = test::make_certificates("IP:127.0.0.1");
    stream_rig it{peer_security::tls, other};
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::certificate_rejected);
    EXPECT_EQ(result.phase, call_phase::tls);
    EXPECT_EQ(result.detail,
              "the certificate of redrive test server was issued by redrive test CA, which is not "
              "trusted here");
}

TEST(Stream, SaysUntilOrFromWhenACertificateIsValid) {
    constexpr long day = 24 * 60 * 60;
    const std::pair<test::validity, const char*> cases[] = {
        {{-9 * day, -day}, "the certificate of redrive test server expired on 20"},
        {{day, 9 * day}, "the certificate of redrive test server is not valid before 20"}};
    for (const auto& [when, words] : cases) {
        const auto old = test::make_certificates("IP:127.0.0.1", when);
        stream_rig it{peer_security::tls, old};
        it.trust(test::file_with(old.ca));
        const auto result = it.open();
        EXPECT_EQ(result.ec, client_errc::certificate_rejected);
        EXPECT_THAT(result.detail, ::testing::StartsWith(words));
    }
}

TEST(Stream, NamesAFewOfTheHostsOfACertificateForMany) {
    const auto many = test::make_certificates("DNS:a,DNS:b,IP:10.0.0.1,IP:fd00::1,DNS:e,DNS:f");
    stream_rig it{peer_security::tls, many};
    it.trust(test::file_with(many.ca));
    EXPECT_EQ(it.open().detail,
              "the certificate is for a, b, 10.0.0.1, fd00::1 and 2 more, not for 127.0.0.1");
}

TEST(Stream, SaysWhenThePeerDoesNotSpeakTls) {
    stream_rig it;
    it.peer.connection().before_handshake().reply("HTTP/1.1 400 Bad Request\r\n\r\n").expect_end();
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::tls_failed);
    EXPECT_EQ(result.phase, call_phase::tls);
}

TEST(Stream, SaysWhenThePeerClosesInTheHandshake) {
    for (const bool with_reset : {false, true}) {
        stream_rig it;
        auto& script = it.peer.connection().before_handshake().expect_bytes(20);
        with_reset ? script.reset() : script.close();
        const auto result = it.open();
        EXPECT_EQ(result.ec, client_errc::tls_failed);
        EXPECT_FALSE(result.detail.empty());
    }
}

TEST(Stream, GivesUpAHandshakeThatGetsNoAnswer) {
    stream_rig it;
    it.peer.connection().before_handshake().expect_end();
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::tls_timeout);
    EXPECT_EQ(result.phase, call_phase::tls);
    EXPECT_EQ(it.world.time->elapsed(), 3100ms);
}

TEST(Stream, SaysWhichAddressRefused) {
    stream_rig it;
    it.peer.stop_listening();
    it.world.settle();
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::connect_failed);
    EXPECT_EQ(result.phase, call_phase::connect);
    EXPECT_THAT(result.detail, HasSubstr("127.0.0.1:" + std::to_string(it.target.port)));
    EXPECT_THAT(result.detail, HasSubstr("refused"));
}

TEST(Stream, GivesUpAnAddressThatDoesNotAnswer) {
    stream_rig it{peer_security::plain};
    const test::silent_port silent{it.world.context};
    it.target.port = silent.number();
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::connect_timeout);
    EXPECT_EQ(result.phase, call_phase::connect);
    EXPECT_EQ(it.world.time->elapsed(), 3100ms);
}

TEST(Stream, SaysWhenANameHasNoAddress) {
    stream_rig it;
    it.target.host = std::string(300, 'a');
    const auto result = it.open();
    EXPECT_EQ(result.ec, client_errc::resolve_failed);
    EXPECT_EQ(result.phase, call_phase::resolve);
}

// Both the expiry and the connection have happened when the coroutine looks.
TEST(Stream, KeepsAConnectionThatWasMadeAtTheLastMoment) {
    stream_rig it{peer_security::plain};
    it.peer.connection().expect_bytes(1).reply("!");
    std::optional<open_result> opened;
    asio::co_spawn(it.world.context,
                   it.stream.open(it.target, {}),
                   [&](std::exception_ptr, open_result result) { opened = result; });
    it.world.context.poll_one(); // begins to connect; the kernel completes it at once
    it.world.time->advance(3100ms);
    ASSERT_TRUE(it.world.run_until([&] { return opened.has_value(); }));
    if (opened->ec) return; // the expiry came first: nothing is left to be hurt
    it.write("?");
    EXPECT_FALSE(it.last_error);
    EXPECT_EQ(it.read(), "!");
}

TEST(Stream, EndsEveryPendingOperationWhenItIsClosed) {
    stream_rig it;
    it.peer.connection().hold();
    ASSERT_FALSE(it.open().ec);
    char bytes[16];
    std::optional<error_code> ended;
    asio::co_spawn(it.world.context,
                   it.stream.read_some(bytes),
                   [&](std::exception_ptr, io_result result) { ended = result.ec; });
    it.world.settle();
    EXPECT_FALSE(ended);
    it.stream.close();
    it.world.settle();
    ASSERT_TRUE(ended);
    EXPECT_TRUE(*ended);
}

TEST(Stream, StopsOpeningInEachStateWhenItIsClosed) {
    for (const auto* state : {"resolving", "connecting", "shaking hands"}) {
        const test::hanging_names names;
        stream_rig it;
        const test::silent_port silent{it.world.context};
        if (state == std::string_view{"resolving"}) it.target.connect_host = "a.hangs.test";
        if (state == std::string_view{"connecting"}) it.target.port = silent.number();
        it.peer.connection().before_handshake().hold();
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

asio::awaitable<void> hold_until_destroyed(std::shared_ptr<byte_stream> stream, bool& closed) {
    struct at_the_end {
        byte_stream& stream;
        bool& closed;
        ~at_the_end() {
            stream.close();
            closed = true;
        }
    } const last{*stream, closed};
    wakeup never{co_await asio::this_coro::executor};
    co_await never.wait();
}

// A context destroys the coroutines that wait one after the other, and any may own the stream.
TEST(Stream, MayBeClosedAfterItsContextDestroyedItsOpening) {
    for (const bool held_first : {true, false}) {
        bool closed = false;
        {
            const auto time = std::make_shared<test::manual_time>();
            asio::io_context peers;
            const test::silent_port silent{peers};
            asio::io_context context;
            const auto stream = std::make_shared<byte_stream>(context.get_executor(), time);
            stream_target target;
            target.host = "127.0.0.1";
            target.port = silent.number();
            const auto hold = [&] {
                asio::co_spawn(context, hold_until_destroyed(stream, closed), asio::detached);
                context.run_for(20ms);
            };
            if (held_first) hold();
            asio::co_spawn(context, stream->open(target, {}), asio::detached);
            context.run_for(20ms);
            if (!held_first) hold();
        }
        EXPECT_TRUE(closed);
    }
}

} // namespace
} // namespace redrive::net
