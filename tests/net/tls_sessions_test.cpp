#include "net/tls_sessions.hpp"

#include <gtest/gtest.h>

#include "net/stream.hpp"
#include "support/manual_time.hpp"
#include "support/scripted_peer.hpp"

namespace redrive::net {
namespace {

// Streams to one endpoint, one after the other.
class session_rig {
  public:
    explicit session_rig(int newest_version = TLS1_3_VERSION) {
        peer.afterwards().expect_bytes(1).reply("!").expect_end();
        target.host = "127.0.0.1";
        target.port = peer.port();
        target.tls = make_tls_context({test::loopback_ca_file()}).context;
        SSL_CTX_set_max_proto_version(target.tls->native_handle(), newest_version);
        target.memory = std::make_shared<endpoint_memory>();
    }
    // Opens a stream, and reads once unless it is to end without: tickets of TLS 1.3 come then.
    void connect(bool reads = true) {
        byte_stream stream{world.executor(), world.time};
        const auto opened = world.run(stream.open(target, {}));
        ASSERT_FALSE(opened.ec) << opened.detail;
        if (!reads) return;
        char bytes[16];
        world.run(stream.write_some("?"));
        const auto read = world.run(stream.read_some(bytes));
        ASSERT_EQ(read.n, 1u);
    }
    [[nodiscard]] const tls_sessions& sessions() const { return target.memory->sessions; }

    test::virtual_world world;
    test::scripted_peer peer{world.context, world.time};
    stream_target target;
};

TEST(TlsSessions, AreTakenUpByTheNextConnection) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        session_rig it{version};
        it.connect();
        EXPECT_EQ(it.sessions().handshakes(), 1u);
        EXPECT_EQ(it.sessions().resumed(), 0u);
        it.connect();
        it.connect();
        EXPECT_EQ(it.sessions().handshakes(), 3u);
        EXPECT_EQ(it.sessions().resumed(), 2u) << version;
    }
}

TEST(TlsSessions, ServeOnceWithTls13) {
    session_rig it;
    it.connect();
    auto left = it.sessions().kept();
    ASSERT_GT(left, 0u);
    for (; left != 0; --left) {
        it.connect(false);
        EXPECT_EQ(it.sessions().kept(), left - 1);
    }
    const auto resumed = it.sessions().resumed();
    it.connect(false);
    EXPECT_EQ(it.sessions().resumed(), resumed) << "none is left";
}

TEST(TlsSessions, ServeAgainAndAgainWithTls12) {
    session_rig it{TLS1_2_VERSION};
    for (int i = 0; i < 4; ++i)
        it.connect(false);
    EXPECT_EQ(it.sessions().resumed(), 3u);
}

TEST(TlsSessions, AreBoundedInNumber) {
    session_rig it;
    for (int i = 0; i < 12; ++i)
        it.connect();
    EXPECT_GT(it.sessions().kept(), 0u);
    EXPECT_LE(it.sessions().kept(), 8u);
}

TEST(TlsSessions, OfAnotherServerAreRefusedAndDoNoHarm) {
    session_rig it;
    it.connect();
    test::scripted_peer other{it.world.context, it.world.time};
    other.afterwards().expect_bytes(1).reply("!").expect_end();
    it.target.port = other.port();
    it.connect();
    EXPECT_EQ(it.sessions().handshakes(), 2u);
    EXPECT_EQ(it.sessions().resumed(), 0u);
}

TEST(TlsSessions, AreNotKeptWithoutAMemory) {
    session_rig it;
    it.target.memory = nullptr;
    it.connect();
    it.connect();
    EXPECT_EQ(it.peer.connections(), 2u);
}

} // namespace
} // namespace redrive::net
