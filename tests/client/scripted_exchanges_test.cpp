#include "client/scripted_exchanges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client_rig.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;
using test::virtual_world;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A client whose service answers by a function.
class scripted_rig {
  public:
    explicit scripted_rig(redrive::testing::scripted_service::answerer answer)
        : service{std::make_shared<redrive::testing::scripted_service>(std::move(answer))} {
        config.region = "eu-west-1";
        config.identity = credentials{"AKIDEXAMPLE", secret_text{some_secret}, {}, "123456789012"};
        config.time = world.time;
        config.service = service;
    }
    [[nodiscard]] client& sqs() {
        if (!client_) client_.emplace(world.executor(), config);
        return *client_;
    }
    void close() { client_.reset(); }
    told_call<cancel_result>& cancel(cancel_options how = {}) {
        auto& call = calls_.emplace_back();
        sqs().async_cancel(handle_of(1), std::move(how), call.note());
        return call;
    }
    void run() {
        world.run_until([this] {
            return std::all_of(
                calls_.begin(), calls_.end(), [](const auto& each) { return each.done(); });
        });
    }

    test::scoped_environment environment;
    virtual_world world;
    std::shared_ptr<redrive::testing::scripted_service> service;
    client_config config;

  private:
    std::deque<told_call<cancel_result>> calls_;
    std::optional<client> client_;
};

using redrive::testing::reply;
using redrive::testing::request;

reply seven_moved(const request&) {
    return {.body = R"({"ApproximateNumberOfMessagesMoved":7})"};
}

TEST(ScriptedService, SeesTheRequestThatWouldBeSent) {
    scripted_rig it{seven_moved};
    auto& call = it.cancel();
    EXPECT_FALSE(call.done()) << "never inside the initiating call";
    it.run();
    EXPECT_FALSE(call.ec) << call.ec.message();
    EXPECT_EQ(call.result.moved, 7);
    ASSERT_EQ(it.service->requests().size(), 1u);
    const auto& seen = it.service->requests().front();
    EXPECT_EQ(seen.operation, "CancelMessageMoveTask");
    EXPECT_EQ(seen.host, "sqs.eu-west-1.amazonaws.com");
    EXPECT_EQ(seen.body, "{\"TaskHandle\":\"" + handle_of(1).text() + "\"}");
    EXPECT_THAT(std::string{seen.header("Authorization")},
                StartsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"));
    EXPECT_EQ(seen.header("no-such-header"), "");
}

TEST(ScriptedService, AnswersWithErrorsThatAreTriedAgainByTheUsualRules) {
    int n = 0;
    scripted_rig it{[&](const request& what) {
        return ++n < 3 ? reply::error("RequestThrottled") : seven_moved(what);
    }};
    auto& call = it.cancel();
    it.run();
    EXPECT_FALSE(call.ec);
    EXPECT_EQ(call.result.info.attempts, 3u);
    EXPECT_GT(it.world.time->elapsed(), 0s);
}

TEST(ScriptedService, LosesAnswers) {
    scripted_rig it{[](const request&) { return reply::connection_lost(); }};
    auto& call = it.cancel(cancel_options{}.max_attempts(1));
    it.run();
    EXPECT_EQ(call.ec, client_errc::connection_lost);
    EXPECT_TRUE(call.result.info.maybe_applied);
    EXPECT_EQ(call.result.info.phase, call_phase::read);
}

TEST(ScriptedService, AnswersLateByTheClientsClock) {
    scripted_rig it{[](const request& what) {
        auto out = seven_moved(what);
        out.after = 5s;
        return out;
    }};
    auto& call = it.cancel();
    it.run();
    EXPECT_FALSE(call.ec);
    EXPECT_EQ(it.world.time->elapsed(), 5s);
}

TEST(ScriptedService, IsLeftByACallWhoseDeadlinePasses) {
    scripted_rig it{[](const request& what) {
        auto out = seven_moved(what);
        out.after = 5s;
        return out;
    }};
    auto& call = it.cancel(cancel_options{}.deadline(1s));
    it.run();
    EXPECT_EQ(call.ec, client_errc::deadline_exceeded);
    EXPECT_TRUE(call.result.info.maybe_applied);
    EXPECT_EQ(it.world.time->elapsed(), 1s);
    it.world.run_for(10s); // the answer finds nobody
    EXPECT_EQ(call.outcomes, 1);
}

TEST(ScriptedService, IsLeftByAClientThatGoes) {
    scripted_rig it{seven_moved};
    auto& call = it.cancel();
    it.close();
    it.run();
    EXPECT_EQ(call.ec, client_errc::client_closed);
    EXPECT_TRUE(it.service->requests().empty());
}

TEST(ScriptedService, MayCancelTheCallThatItAnswers) {
    told_call<cancel_result>* waiting = nullptr;
    scripted_rig it{[&](const request& what) {
        waiting->cancel();
        return seven_moved(what);
    }};
    waiting = &it.cancel();
    it.run();
    EXPECT_EQ(waiting->ec, boost::asio::error::operation_aborted);
    EXPECT_EQ(waiting->outcomes, 1);
}

TEST(ScriptedService, WordsErrorsAsTheServiceDoes) {
    const auto worded = reply::error("ResourceNotFoundException", "no \"task\"", 404);
    EXPECT_EQ(worded.status, 404u);
    EXPECT_EQ(
        worded.body,
        R"({"__type":"com.amazonaws.sqs#ResourceNotFoundException","message":"no \"task\""})");
}

} // namespace
} // namespace redrive
