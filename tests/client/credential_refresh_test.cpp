#include <gtest/gtest.h>

#include <boost/asio/append.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "client/client_core.hpp"
#include "client_rig.hpp"

namespace redrive::detail {
namespace {

using namespace std::chrono_literals;

// Numbers what it gives: KEY1, KEY2, ...; the last of `keys` again and again.
class numbered_provider final : public auth::credentials_provider {
  public:
    numbered_provider(time_source& time, int keys) : time_{time}, keys_{keys} {}

    void async_load(const boost::asio::any_io_executor& ex, completion done) override {
        loads = loads + 1;
        auth::loaded_credentials out;
        out.keys.access_key_id = "KEY" + std::to_string(std::min(loads, keys_));
        out.keys.secret_access_key = secret_text{some_secret};
        if (life) out.usable_until = time_.wall_now() + *life;
        if (is_silent) return held_.swap(done);
        boost::asio::post(
            ex, boost::asio::append(std::move(done), auth::result<auth::loaded_credentials>{out}));
    }
    void refused(const credentials& keys) override { refused_key = keys.access_key_id; }

    int loads = 0;
    std::string refused_key;
    std::optional<std::chrono::milliseconds> life;
    bool is_silent = false;

  private:
    completion held_;
    time_source& time_;
    int keys_;
};

class refresh_rig {
  public:
    explicit refresh_rig(int keys)
        : provider{std::make_shared<numbered_provider>(*world.time, keys)} {}

    void start() {
        client_setup setup;
        setup.target = *parse_endpoint(peer.url());
        setup.region = "eu-west-1";
        setup.provider = provider;
        sqs.emplace(std::make_shared<client_core>(
            std::make_shared<net::transport>(world.executor(), world.time, net::transport_config{}),
            std::move(setup)));
    }
    std::unique_ptr<told_call<cancel_result>> cancel(int number) {
        auto call = std::make_unique<told_call<cancel_result>>();
        sqs->async_cancel(handle_of(number), {}, call->note());
        EXPECT_TRUE(world.run_until([&] { return call->done(); }));
        return call;
    }
    // Whose requests arrived, in order: "1" for KEY1.
    [[nodiscard]] std::string signers() const {
        std::string out;
        for (const auto& seen : peer.requests()) {
            const auto header = seen.header("Authorization");
            out += header.substr(header.find("KEY") + 3, 1);
        }
        return out;
    }

    test::virtual_world world;
    test::scripted_peer peer{world.context, world.time, test::peer_security::plain};
    std::shared_ptr<numbered_provider> provider;
    std::optional<client> sqs;
};

std::string expired() {
    return failed("ExpiredTokenException", "403 Forbidden");
}

TEST(CredentialRefresh, SendsACallAgainWithOtherKeysWhenItsOwnHaveExpired) {
    refresh_rig it{2};
    it.peer.afterwards().serve([](const test::seen_request& seen) {
        const bool old = seen.header("Authorization").find("KEY1") != std::string_view::npos;
        return old ? expired() : moved_of(seen);
    });
    it.start();
    const auto call = it.cancel(1);
    EXPECT_FALSE(call->ec) << call->ec.message();
    EXPECT_EQ(call->result.moved, 1001);
    EXPECT_EQ(it.signers(), "12");
    EXPECT_EQ(it.provider->refused_key, "KEY1");
    ASSERT_EQ(call->result.info.earlier.size(), 1u);
    EXPECT_EQ(call->result.info.earlier[0].ec, service_errc::expired_credentials);
    EXPECT_FALSE(it.cancel(2)->ec);
    EXPECT_EQ(it.signers(), "122");
    EXPECT_EQ(it.provider->loads, 2);
}

TEST(CredentialRefresh, GivesUpWhenThereAreNoOtherKeys) {
    refresh_rig it{1};
    it.peer.afterwards().serve([](const test::seen_request&) { return expired(); });
    it.start();
    const auto call = it.cancel(1);
    EXPECT_EQ(call->ec, service_errc::expired_credentials);
    EXPECT_EQ(it.signers(), "1");
    EXPECT_EQ(it.provider->loads, 2);
}

TEST(CredentialRefresh, GivesUpWhenTheOtherKeysHaveExpiredToo) {
    refresh_rig it{9};
    it.peer.afterwards().serve([](const test::seen_request&) { return expired(); });
    it.start();
    EXPECT_EQ(it.cancel(1)->ec, service_errc::expired_credentials);
    EXPECT_EQ(it.signers(), "12");
}

TEST(CredentialRefresh, LetsNoCallWaitWhileKeysAreReplacedAheadOfTheirEnd) {
    refresh_rig it{9};
    it.peer.afterwards().serve(moved_of);
    it.provider->life = 1h;
    it.start();
    EXPECT_FALSE(it.cancel(1)->ec);
    it.world.time->advance(56min);
    it.provider->is_silent = true;
    EXPECT_FALSE(it.cancel(2)->ec);
    EXPECT_FALSE(it.cancel(3)->ec);
    EXPECT_EQ(it.signers(), "111");
    EXPECT_EQ(it.provider->loads, 2); // one at a time
}

TEST(CredentialRefresh, LetsCallsWaitForOthersWhenTheirKeysHaveEnded) {
    refresh_rig it{9};
    it.peer.afterwards().serve(moved_of);
    it.provider->life = 1h;
    it.start();
    EXPECT_FALSE(it.cancel(1)->ec);
    it.world.time->advance(2h);
    EXPECT_FALSE(it.cancel(2)->ec);
    EXPECT_EQ(it.signers(), "12");
}

} // namespace
} // namespace redrive::detail
