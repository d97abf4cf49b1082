#include "client/client_core.hpp"

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "auth/static_credentials.hpp"
#include "client_rig.hpp"

namespace redrive::detail {
namespace {

using namespace std::chrono_literals;
using test::http_reply;

// Two accounts of one region, which share their connections.
class two_accounts {
  public:
    two_accounts() {
        net::transport_config config;
        config.limits.max_connections = 1;
        config.limits.pipelining = flow::depth::mode::fixed;
        config.limits.max_depth = 8;
        shared_ = std::make_shared<net::transport>(world.executor(), world.time, config);
    }

    std::shared_ptr<client_core> core_of(std::uint32_t account) {
        client_setup setup;
        setup.target = *parse_endpoint(peer.url());
        setup.region = "eu-west-1";
        setup.account_lane = account;
        auth::loaded_credentials keys;
        keys.keys.access_key_id = "AKID" + std::to_string(account);
        keys.keys.secret_access_key = secret_text{some_secret};
        setup.provider = std::make_shared<auth::static_credentials_provider>(std::move(keys));
        return std::make_shared<client_core>(shared_, std::move(setup));
    }
    // Whose requests arrived, in order.
    [[nodiscard]] std::string accounts() const {
        std::string out;
        for (const auto& seen : peer.requests()) {
            const auto header = seen.header("Authorization");
            out += header.substr(header.find("AKID") + 4, 1);
        }
        return out;
    }

    test::virtual_world world;
    test::scripted_peer peer{world.context, world.time, test::peer_security::plain};

  private:
    std::shared_ptr<net::transport> shared_;
};

TEST(ClientCore, SharesConnectionsWithOthersButNeverAnOpenWindow) {
    two_accounts it;
    test::gate opened;
    it.peer.connection()
        .expect(2)
        .until(opened)
        .reply(moved(1) + moved(2))
        .expect(2)
        .reply(moved(3) + moved(4));
    client one{it.core_of(1)}, two{it.core_of(2)};
    std::deque<told_call<cancel_result>> calls(4);
    for (std::size_t i = 0; i < calls.size(); ++i)
        (i % 2 == 0 ? one : two).async_cancel(handle_of(static_cast<int>(i)), {}, calls[i].note());
    it.world.settle();
    EXPECT_EQ(it.accounts(), "11");
    opened.open();
    ASSERT_TRUE(it.world.run_until([&] { return calls[1].done() && calls[3].done(); }));
    EXPECT_EQ(it.accounts(), "1122");
    EXPECT_EQ(calls[0].result.moved, 1);
    EXPECT_EQ(calls[2].result.moved, 2);
    EXPECT_EQ(calls[1].result.moved, 3);
    EXPECT_EQ(calls[3].result.moved, 4);
    EXPECT_EQ(it.peer.connections(), 1u);
}

TEST(ClientCore, LeavesTheCallsOfOthersAloneWhenItCloses) {
    two_accounts it;
    it.peer.connection().serve(moved_of);
    client staying{it.core_of(1)};
    told_call<cancel_result> kept, ended;
    staying.async_cancel(handle_of(1), {}, kept.note());
    {
        client leaving{it.core_of(2)};
        leaving.async_cancel(handle_of(2), {}, ended.note());
    }
    ASSERT_TRUE(it.world.run_until([&] { return kept.done() && ended.done(); }));
    EXPECT_EQ(kept.result.moved, 1001);
    EXPECT_EQ(ended.ec, client_errc::client_closed);
}

TEST(ClientCore, StartsNothingAfterItWasClosed) {
    two_accounts it;
    it.peer.connection().serve(moved_of);
    const auto core = it.core_of(1);
    client sqs{core};
    core->close();
    EXPECT_TRUE(core->is_closed());
    told_call<cancel_result> call;
    sqs.async_cancel(handle_of(1), {}, call.note());
    ASSERT_TRUE(it.world.run_until([&] { return call.done(); }));
    EXPECT_EQ(call.ec, client_errc::client_closed);
    EXPECT_EQ(it.peer.connections(), 0u);
}

TEST(ClientCore, SharesOneBudgetOfRetriesAmongItsCalls) {
    client_rig it;
    it.config.max_attempts = 1000;
    // Over minutes of pauses a connection grows too old.
    it.peer.afterwards().serve(
        [](const test::seen_request&) { return failed("InternalFailure", "500 Internal Error"); });
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, service_errc::internal);
    EXPECT_EQ(call.result.info.attempts, 36u) << "500 / 14 retries";
    auto& next = it.cancel(2);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(next.result.info.attempts, 1u);
}

// A source of credentials that answers when it is told to.
class slow_provider final : public auth::credentials_provider {
  public:
    void async_load(const boost::asio::any_io_executor& ex, completion done) override {
        ex_ = ex;
        done_.swap(done); // Boost 1.81 recurses in the assignment
    }
    void answer() {
        boost::asio::post(ex_, [done = std::move(done_)]() mutable {
            std::move(done)(auth::loaded_credentials{});
        });
    }

  private:
    boost::asio::any_io_executor ex_;
    completion done_;
};

struct waits_for_credentials {
    waits_for_credentials() {
        client_setup setup;
        setup.target = *parse_endpoint("http://127.0.0.1:9");
        setup.region = "eu-west-1";
        setup.provider = provider;
        sqs.emplace(std::make_shared<client_core>(
            std::make_shared<net::transport>(world.executor(), world.time, net::transport_config{}),
            std::move(setup)));
        sqs->async_cancel(handle_of(1), cancel_options{}.deadline(500ms), call.note());
        world.settle();
        EXPECT_FALSE(call.done());
    }
    void expect_end(error_code ec) const {
        EXPECT_EQ(call.outcomes, 1);
        EXPECT_EQ(call.ec, ec);
        EXPECT_EQ(call.result.info.phase, call_phase::credentials);
        EXPECT_FALSE(call.result.info.maybe_applied);
    }

    test::virtual_world world;
    std::shared_ptr<slow_provider> provider = std::make_shared<slow_provider>();
    std::optional<client> sqs;
    told_call<cancel_result> call;
};

TEST(ClientCore, EndsACallThatWaitsForCredentialsAtItsDeadline) {
    waits_for_credentials it;
    ASSERT_TRUE(it.world.run_until([&] { return it.call.done(); }));
    it.expect_end(client_errc::deadline_exceeded);
    EXPECT_EQ(it.world.time->elapsed(), 500ms);
    it.provider->answer();
    it.world.settle();
    EXPECT_EQ(it.call.outcomes, 1);
}

TEST(ClientCore, EndsACallThatWaitsForCredentialsWhenItIsCancelled) {
    waits_for_credentials it;
    it.call.cancel();
    it.world.settle();
    it.expect_end(boost::asio::error::operation_aborted);
}

TEST(ClientCore, MayGoWhileItsCredentialsAreLoaded) {
    waits_for_credentials it;
    it.sqs.reset();
    it.world.settle();
    it.expect_end(client_errc::client_closed);
    it.provider->answer();
    it.world.settle();
    EXPECT_EQ(it.call.outcomes, 1);
}

TEST(ClientCore, SendsNothingWithKeysThatCannotSign) {
    client_rig it;
    it.config.identity->session_token = secret_text{"a token\r\nX-Evil: 1"};
    auto& call = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(call.ec, client_errc::bad_configuration);
    EXPECT_EQ(call.result.info.phase, call_phase::sign);
    EXPECT_EQ(call.result.info.message,
              "the session token is empty, too long, or holds blanks or control characters");
    EXPECT_EQ(it.peer.connections(), 0u);
}

TEST(ClientCore, GivesEachCallAnInvocationOfItsOwn) {
    client_rig it;
    it.peer.connection().serve(moved_of);
    it.cancel(1);
    it.cancel(2);
    ASSERT_TRUE(it.run_until_done());
    const auto one = it.peer.requests().at(0).header("amz-sdk-invocation-id");
    const auto two = it.peer.requests().at(1).header("amz-sdk-invocation-id");
    EXPECT_NE(one, two);
    for (const auto& id : {one, two}) {
        ASSERT_EQ(id.size(), 36u);
        for (const auto dash : {8u, 13u, 18u, 23u})
            EXPECT_EQ(id[dash], '-');
        EXPECT_EQ(std::count(id.begin(), id.end(), '-'), 4);
        EXPECT_EQ(id[14], '4') << "version";
        EXPECT_NE(std::string{"89ab"}.find(id[19]), std::string::npos) << "variant";
        EXPECT_EQ(id.find_first_not_of("0123456789abcdef-"), std::string::npos);
    }
}

TEST(ClientCore, ReadsItsSettingsAtItsFirstCall) {
    client_rig it;
    it.config.region.clear();
    auto& sqs = it.sqs();
    it.environment.set("AWS_REGION", "eu-central-1");
    it.peer.connection().serve(moved_of);
    it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_NE(it.peer.requests().at(0).header("Authorization").find("/eu-central-1/sqs/"),
              std::string::npos);
    EXPECT_EQ(sqs.get_executor(), it.world.executor());
}

TEST(ClientCore, TriesToReadItsSettingsAgainAfterAFailure) {
    client_rig it;
    it.config.region.clear();
    it.peer.connection().serve(moved_of);
    auto& first = it.cancel(1);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(first.ec, client_errc::no_region);
    it.environment.set("AWS_REGION", "eu-central-1");
    auto& second = it.cancel(2);
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(second.result.moved, 1002);
}

} // namespace
} // namespace redrive::detail
