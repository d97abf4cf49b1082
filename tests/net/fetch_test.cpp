#include "net/fetch.hpp"

#include <gtest/gtest.h>

#include "support/manual_time.hpp"
#include "support/scripted_peer.hpp"

namespace redrive::net {
namespace {

using namespace std::chrono_literals;
using test::peer_security;

class fetch_rig {
  public:
    explicit fetch_rig(peer_security security = peer_security::plain)
        : peer{world.context, world.time, security} {
        target.host = "127.0.0.1";
        target.port = peer.port();
        if (security == peer_security::tls)
            target.tls = make_tls_context({test::loopback_ca_file()}).context;
    }
    fetched get(std::chrono::milliseconds answer = 5s) {
        fetch_limits limits;
        limits.answer = answer;
        return world.run(fetch(world.executor(),
                               world.time,
                               target,
                               "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                               limits));
    }

    test::virtual_world world;
    test::scripted_peer peer;
    stream_target target;
};

TEST(Fetch, ReturnsTheReplyOfOneRequest) {
    for (const auto security : {peer_security::plain, peer_security::tls}) {
        fetch_rig it{security};
        it.peer.connection().expect(1).reply(
            "HTTP/1.1 404 Not Found\r\nX-A: b\r\nContent-Length: 4\r\n\r\ngone");
        const auto got = it.get();
        ASSERT_FALSE(got.ec) << got.detail;
        EXPECT_EQ(got.reply.status, 404u);
        EXPECT_EQ(got.reply.body, "gone");
        EXPECT_EQ(wire::find_header(got.reply.headers, "x-a"), "b");
    }
}

TEST(Fetch, TakesAReplyThatEndsWithTheConnection) {
    fetch_rig it;
    it.peer.connection().expect(1).reply("HTTP/1.0 200 OK\r\n\r\nall of it").close();
    EXPECT_EQ(it.get().reply.body, "all of it");
}

TEST(Fetch, SaysWhereItFailed) {
    fetch_rig cut;
    cut.peer.connection()
        .expect(1)
        .reply("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal")
        .close();
    const auto half = cut.get();
    EXPECT_EQ(half.ec, client_errc::connection_lost);
    EXPECT_EQ(half.phase, call_phase::read);

    fetch_rig garbage;
    garbage.peer.connection().expect(1).reply("SSH-2.0-OpenSSH\r\n").close();
    EXPECT_EQ(garbage.get().ec, client_errc::reply_malformed);

    fetch_rig large;
    large.peer.connection().expect(1).reply("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n");
    EXPECT_EQ(large.get().ec, client_errc::reply_too_large);

    fetch_rig nowhere;
    nowhere.target.host = "a.invalid";
    EXPECT_EQ(nowhere.get().phase, call_phase::resolve);
}

TEST(Fetch, WaitsForTheAnswerAsLongAsItIsTold) {
    fetch_rig it;
    it.peer.connection().expect_end();
    const auto began = it.world.time->elapsed();
    const auto got = it.get(3s);
    EXPECT_EQ(got.ec, client_errc::read_timeout);
    EXPECT_EQ(it.world.time->elapsed() - began, 3s);
}

} // namespace
} // namespace redrive::net
