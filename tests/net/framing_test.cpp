// What a server may do to the replies of a window (RFC 9112), through a real connection.

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "net/connection.hpp"
#include "pool_rig.hpp"
#include "support/framing_cases.hpp"

namespace redrive::net {
namespace {

using namespace std::chrono_literals;
using test::after_bytes;
using test::framing_case;
using test::gate;
using test::http_reply;
using test::peer_security;
using test::sized;

std::string outcome_of(const recorded_exchange& call) {
    if (call.outcomes() != 1) return std::to_string(call.outcomes()) + " outcomes";
    if (!call.loss()) return call.reply().empty() ? "-" : call.reply();
    if (call.loss()->ec == client_errc::reply_malformed) return "!malformed";
    if (call.loss()->ec == client_errc::reply_too_large) return "!too_large";
    if (call.loss()->ec == client_errc::connection_lost) return "!lost";
    return call.loss()->ec.message();
}

std::vector<std::string> bytes_of(std::string_view text) {
    std::vector<std::string> pieces;
    for (const char byte : text)
        pieces.emplace_back(1, byte);
    return pieces;
}

// Three requests on one connection, and the server's way with them; every other connection echoes.
class framed_window {
  public:
    explicit framed_window(peer_security security = peer_security::plain) : it_{security} {
        it_.pipeline(3);
        it_.peer.afterwards().serve(echo);
    }

    test::peer_script& script() { return it_.peer.connection().expect(3); }

    [[nodiscard]] std::string outcomes() {
        for (const auto* name : {"a", "b", "c"})
            it_.submit(name);
        EXPECT_TRUE(it_.run_until_done());
        std::string text;
        for (const auto& each : it_.calls())
            text += (text.empty() ? "" : " ") + outcome_of(each);
        return text;
    }
    // A further call gets its own answer, wherever it goes.
    void expect_the_next_to_be_served() {
        it_.world.settle();
        const auto& next = it_.submit("next");
        EXPECT_TRUE(it_.run_until_done());
        EXPECT_EQ(outcome_of(next), "next");
    }

  private:
    pool_rig it_;
};

enum class delivery : std::uint8_t { at_once, byte_by_byte };

class FramingOfAWindow
    : public ::testing::TestWithParam<std::tuple<framing_case, peer_security, delivery>> {};

TEST_P(FramingOfAWindow, GivesEachRequestItsOwnOutcome) {
    const auto& [what, security, how] = GetParam();
    framed_window it{security};
    auto& script = it.script();
    if (how == delivery::at_once)
        script.reply(what.bytes);
    else
        script.reply_in_pieces(bytes_of(what.bytes));
    what.then == after_bytes::ends ? script.bid_farewell() : script.serve(echo);
    EXPECT_EQ(it.outcomes(), what.outcomes);
    it.expect_the_next_to_be_served();
}

std::string name_of_window(const ::testing::TestParamInfo<FramingOfAWindow::ParamType>& each) {
    const auto& [what, security, how] = each.param;
    return std::string{what.name} + (security == peer_security::tls ? "_Tls" : "_Plain") +
           (how == delivery::at_once ? "_AtOnce" : "_ByteByByte");
}

INSTANTIATE_TEST_SUITE_P(
    Rfc9112,
    FramingOfAWindow,
    ::testing::Combine(::testing::ValuesIn(test::framing_cases),
                       ::testing::Values(peer_security::plain, peer_security::tls),
                       ::testing::Values(delivery::at_once, delivery::byte_by_byte)),
    name_of_window);

// --- requests that are forgotten

// It would answer `c` in the place of `b`.
TEST(ForgottenRequest, IsNotAnsweredByTheReplyToItsSuccessor) {
    pool_rig it;
    it.pipeline(2);
    it.peer.connection().expect(2).reply(http_reply("1")).expect(1).reply(http_reply("3")).hold();
    it.peer.afterwards().serve(echo);
    auto& a = it.submit("a");
    auto& b = it.submit("b");
    auto& c = it.submit("c");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(outcome_of(a), "1");
    ASSERT_TRUE(b.loss());
    EXPECT_EQ(b.loss()->ec, client_errc::read_timeout);
    EXPECT_EQ(outcome_of(c), "c");
}

// The last of a window is no less in it than those before it.
TEST(ForgottenRequest, EndsPipeliningAlsoWhenItIsTheLastOfItsWindow) {
    pool_rig it;
    it.pipeline(2);
    it.peer.connection().expect(2).reply(http_reply("1")).close();
    it.peer.afterwards().serve(echo);
    it.submit("a");
    it.submit("b");
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(it.open().stats().depth, 1u);
}

TEST(ForgottenRequest, DoesNotHoldUpCallsThatAnotherConnectionCanTake) {
    pool_rig it;
    it.pipeline(2);
    it.limits.max_connections = 2;
    it.peer.connection().expect(2).reply(http_reply("1")).hold();
    it.peer.afterwards().serve(echo);
    it.submit("a");
    it.submit("b");
    it.world.settle();
    auto& c = it.submit("c");
    it.world.settle();
    EXPECT_EQ(outcome_of(c), "c");
    EXPECT_EQ(it.world.time->elapsed(), 0s);
}

// --- replies that are cut

class CutWindow : public ::testing::TestWithParam<std::tuple<peer_security, bool>> {};

TEST_P(CutWindow, AnswersNoFurtherThanItWasRead) {
    const auto [security, resets] = GetParam();
    const auto first = sized("1");
    const auto window = first + test::chunked("1\r\n2\r\n0\r\n\r\n") + sized("3");
    for (std::size_t cut = 0; cut < window.size(); ++cut) {
        framed_window it{security};
        auto& script = it.script().reply(window.substr(0, cut));
        // What is not read yet may be lost in a reset: the client gets its turn first.
        script.pause();
        resets ? script.reset() : script.close();
        const auto* expected = cut < first.size()                   ? "!lost b c"
                               : cut < window.size() - first.size() ? "1 !lost c"
                                                                    : "1 2 !lost";
        ASSERT_EQ(it.outcomes(), expected) << "cut at " << cut;
    }
}

INSTANTIATE_TEST_SUITE_P(EachWay,
                         CutWindow,
                         ::testing::Combine(::testing::Values(peer_security::plain,
                                                              peer_security::tls),
                                            ::testing::Bool()));

// Only the stream's own end says that such a body is whole (RFC 9112, section 9.8).
TEST(CutReply, IsNoReplyWhenItsEndIsNotTheServers) {
    const auto to_the_end = test::headed("Server: x\r\n", "1");
    framed_window reset;
    reset.script().reply(to_the_end).pause().reset();
    EXPECT_EQ(reset.outcomes(), "!lost b c");
    framed_window truncated{peer_security::tls};
    truncated.script().reply(to_the_end).close();
    EXPECT_EQ(truncated.outcomes(), "!lost b c");
    framed_window whole{peer_security::tls};
    whole.script().reply(to_the_end).bid_farewell();
    EXPECT_EQ(whole.outcomes(), "1 b c");
}

// --- replies that come too early

// It was on its way before its request was: an answer to nobody.
TEST(EarlyReply, IsNotTakenForTheAnswerOfALaterRequest) {
    for (const auto security : {peer_security::plain, peer_security::tls}) {
        pool_rig it{security};
        it.peer.connection()
            .expect(1)
            .reply_at_once({http_reply("1"), http_reply("stray")})
            .serve(echo);
        it.peer.afterwards().serve(echo);
        auto& a = it.submit("a");
        ASSERT_TRUE(it.run_until_done());
        auto& b = it.submit("b");
        ASSERT_TRUE(it.run_until_done());
        EXPECT_EQ(outcome_of(a) + " " + outcome_of(b), "1 b");
        EXPECT_EQ(it.peer.connections(), 2u);
    }
}

TEST(EarlyReply, IsTakenAlthoughTheRestOfItsRequestFindsNoReader) {
    const auto too_much = http_reply("too much", "413 Content Too Large", "Connection: close\r\n");
    for (const bool resets : {false, true}) {
        pool_rig it;
        it.pipeline(2);
        auto& script = it.peer.connection().expect_bytes(100);
        resets ? script.reply_at_once({too_much}).reset() : script.reply(too_much).close();
        it.peer.afterwards().serve(echo);
        auto& a = it.submit(it.make("a").with_body(32 << 20));
        auto& b = it.submit("b");
        ASSERT_TRUE(it.run_until_done());
        EXPECT_EQ(outcome_of(a) + " " + outcome_of(b), "too much b");
    }
}

} // namespace
} // namespace redrive::net
