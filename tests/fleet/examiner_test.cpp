#include "redrive/examination.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "redrive/fleet.hpp"
#include "redrive/testing.hpp"
#include "support/manual_time.hpp"
#include "support/scoped_environment.hpp"

namespace redrive {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::reply;
using testing::request;
using verdict = finding::verdict;

// A fleet of one account whose service answers by a script, and what was found there.
class examined {
  public:
    examined() {
        config.accounts.push_back({.name = "one",
                                   .keys = credentials{"AKIDEXAMPLE", secret_text{"wJalrXUtnFEMI"}},
                                   .account = "123456789012",
                                   .region = "eu-west-1"});
        config.time = world.time;
    }

    void run(testing::scripted_service::answerer answer, examine_options how = {}) {
        service = std::make_shared<testing::scripted_service>(std::move(answer));
        config.service = service;
        fleet subject{world.executor(), config};
        std::optional<std::vector<examination>> done;
        subject.async_examine(how, [&](error_code ec, auto result) {
            EXPECT_EQ(ec, error_code{});
            done = std::move(result);
        });
        ASSERT_TRUE(world.run_until([&] { return done.has_value(); }));
        all = std::move(*done);
    }
    [[nodiscard]] const finding& about(std::string_view what) const {
        static const finding none;
        for (const auto& each : all.at(0).findings)
            if (each.what == what) return each;
        ADD_FAILURE() << "nothing was found about " << what;
        return none;
    }
    [[nodiscard]] std::vector<std::string> operations() const {
        std::vector<std::string> out;
        for (const auto& each : service->requests())
            out.push_back(each.operation);
        return out;
    }

    test::scoped_environment environment;
    test::virtual_world world;
    fleet_config config;
    std::shared_ptr<testing::scripted_service> service;
    std::vector<examination> all;
};

reply with_a_queue(const request& what) {
    if (what.operation == "ListQueues")
        return {.body = R"({"QueueUrls":["https://sqs.eu-west-1.amazonaws.com/123456789012/q"]})"};
    return {.body = R"({"Results":[]})"};
}

TEST(Examiner, FindsEverythingInOrderByListsAlone) {
    examined it;
    it.run(with_a_queue);
    ASSERT_EQ(it.all.size(), 1u);
    EXPECT_EQ(it.all[0].account, "123456789012");
    EXPECT_EQ(it.about("settings").is, verdict::good);
    EXPECT_EQ(it.about("credentials").is, verdict::good);
    EXPECT_THAT(it.about("credentials").text, HasSubstr("AKID****MPLE"));
    EXPECT_EQ(it.about("sqs:ListQueues").is, verdict::good);
    EXPECT_EQ(it.about("sqs:ListMessageMoveTasks").is, verdict::good);
    EXPECT_EQ(it.about("sqs:CancelMessageMoveTask").is, verdict::skipped);
    EXPECT_THAT(it.about("sqs:CancelMessageMoveTask").fix, HasSubstr("simulate-principal-policy"));
    EXPECT_EQ(it.about("clock").is, verdict::good);
    EXPECT_THAT(it.operations(), ElementsAre("ListQueues", "ListMessageMoveTasks"));
}

TEST(Examiner, NamesTheActionThatIsRefused) {
    examined it;
    it.run([](const request& what) -> reply {
        if (what.operation == "ListQueues") return with_a_queue(what);
        return reply::error("AccessDeniedException",
                            "User: x is not authorized to perform: sqs:listmessagemovetasks",
                            403);
    });
    EXPECT_EQ(it.about("sqs:ListQueues").is, verdict::good);
    const auto& refused = it.about("sqs:ListMessageMoveTasks");
    EXPECT_EQ(refused.is, verdict::bad);
    EXPECT_EQ(refused.ec, service_errc::access_denied);
    EXPECT_THAT(refused.fix, HasSubstr("sqs:ListMessageMoveTasks"));
    EXPECT_THAT(refused.fix, HasSubstr("iam-policy"));
}

TEST(Examiner, TakesARefusedQueueForAPermissionThatIsThere) {
    examined it;
    it.run([](const request& what) -> reply {
        if (what.operation == "ListQueues") return with_a_queue(what);
        return reply::error("InvalidParameterValueException", "not a Dead Letter Queue");
    });
    EXPECT_EQ(it.about("sqs:ListMessageMoveTasks").is, verdict::good);
}

TEST(Examiner, EndsWhereCredentialsAreRefused) {
    examined it;
    it.run([](const request&) { return reply::error("UnrecognizedClientException", {}, 403); });
    EXPECT_EQ(it.about("sqs:ListQueues").is, verdict::bad);
    EXPECT_THAT(it.operations(), ElementsAre("ListQueues"));
}

TEST(Examiner, TellsHowFarTheClockIsOff) {
    examined it;
    it.run([](const request& what) {
        auto out = with_a_queue(what);
        out.headers.emplace_back("Date", "Mon, 01 Jun 2026 00:10:00 GMT");
        return out;
    });
    EXPECT_EQ(it.about("clock").is, verdict::notice);
    EXPECT_THAT(it.about("clock").text, HasSubstr("600.0 s behind"));
    EXPECT_THAT(it.about("clock").fix, HasSubstr("set the clock"));
}

TEST(Examiner, ExplainsSettingsWithoutAskingAnybody) {
    examined it;
    it.environment.set("AWS_MAX_ATTEMPTS", "7");
    it.run(with_a_queue, examine_options{}.settings_only(true));
    EXPECT_TRUE(it.operations().empty());
    EXPECT_TRUE(it.all.at(0).findings.empty());
    for (const auto& each : it.all[0].settings)
        if (each.name == "max_attempts") {
            EXPECT_EQ(each.value, "7");
            EXPECT_EQ(each.source, "AWS_MAX_ATTEMPTS");
            return;
        }
    FAIL() << "max_attempts is not explained";
}

TEST(Examiner, SaysWhatIsMissingWithoutARegion) {
    examined it;
    it.config.accounts[0].region.clear();
    it.run(with_a_queue);
    EXPECT_EQ(it.about("settings").is, verdict::bad);
    EXPECT_EQ(it.about("settings").ec, client_errc::no_region);
}

} // namespace
} // namespace redrive
