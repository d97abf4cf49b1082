#include "redrive/testing.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "redrive/fleet.hpp"
#include "support/manual_time.hpp"
#include "support/scoped_environment.hpp"

namespace redrive {
namespace {

using testing::reply;
using testing::request;
using testing::scripted_service;

const std::string arn = "arn:aws:sqs:eu-west-1:123456789012:orders-dlq";

// The outcome of stopping one target, with a service that answers so.
target_outcome outcome_of(const std::string& what, scripted_service::answerer answer) {
    test::scoped_environment environment;
    test::virtual_world world;
    fleet_config config;
    config.accounts.push_back({.name = "one",
                               .keys = credentials{"AKIDEXAMPLE", secret_text{"wJalrXUtnFEMI"}},
                               .account = "123456789012",
                               .region = "eu-west-1"});
    config.time = world.time;
    config.service = std::make_shared<scripted_service>(std::move(answer));
    fleet subject{world.executor(), config};
    std::optional<std::vector<target_outcome>> outcomes;
    subject.async_cancel_all({parse_target(what, {})}, {}, [&](error_code, auto result) {
        outcomes = std::move(result);
    });
    EXPECT_TRUE(world.run_until([&] { return outcomes.has_value(); }));
    EXPECT_EQ(outcomes.value().size(), 1u);
    return outcomes->at(0);
}

TEST(ScriptedFleet, StopsATaskWithoutANetwork) {
    const auto handle = task_handle::make("task-1", *parse_queue_arn(arn));
    int lists = 0;
    const auto done = outcome_of(handle.text(), [&](const request& what) -> reply {
        if (what.operation == "CancelMessageMoveTask")
            return {.body = R"({"ApproximateNumberOfMessagesMoved":7})"};
        EXPECT_EQ(what.operation, "ListMessageMoveTasks");
        const bool over = ++lists > 1;
        return {.body = std::string{R"({"Results":[{"Status":")"} +
                        (over ? "CANCELLED" : "CANCELLING") +
                        R"(","ApproximateNumberOfMessagesMoved":9,"SourceArn":")" + arn +
                        R"(","StartedTimestamp":1700000000000}]})"};
    });
    EXPECT_EQ(done.is, outcome::stopped) << done.info.message;
    EXPECT_EQ(done.moved_at_stop, 9);
}

TEST(ScriptedFleet, OrdersNothingUnderAHandleThatCannotBeSent) {
    int cancels = 0;
    const auto done = outcome_of(arn, [&](const request& what) -> reply {
        cancels += what.operation == "CancelMessageMoveTask";
        return {.body = R"({"Results":[{"Status":"RUNNING","TaskHandle":"not a handle",)"
                        R"("ApproximateNumberOfMessagesMoved":9,"SourceArn":")" +
                        arn + R"(","StartedTimestamp":1700000000000}]})"};
    });
    EXPECT_EQ(done.is, outcome::unknown);
    EXPECT_EQ(done.ec, client_errc::reply_malformed);
    EXPECT_EQ(done.info.message, "the list names a task handle that cannot be sent");
    EXPECT_EQ(cancels, 0);
}

// A service whose clock is ten minutes ahead of the world's, and which looks at signatures' times.
class service_ahead {
  public:
    explicit service_ahead(bool heals) : heals_{heals} {}

    reply operator()(const request& what) {
        auto out = is_in_time(what) ? good(what) : reply::error("RequestTimeTooSkewed", {}, 403);
        out.headers.emplace_back("Date", "Mon, 01 Jun 2026 00:10:00 GMT");
        return out;
    }

  private:
    bool is_in_time(const request& what) const {
        return heals_ && what.header("X-Amz-Date").starts_with("20260601T001");
    }
    reply good(const request& what) {
        if (what.operation == "CancelMessageMoveTask")
            return {.body = R"({"ApproximateNumberOfMessagesMoved":7})"};
        const bool is_over = ++lists_ > 1;
        return {.body = std::string{R"({"Results":[{"Status":")"} +
                        (is_over ? "CANCELLED" : "CANCELLING") +
                        R"(","ApproximateNumberOfMessagesMoved":9,"SourceArn":")" + arn +
                        R"(","StartedTimestamp":1700000000000}]})"};
    }

    bool heals_;
    int lists_ = 0;
};

TEST(ScriptedFleet, StopsATaskAlthoughItsClockIsWrong) {
    const auto handle = task_handle::make("task-1", *parse_queue_arn(arn));
    const auto done = outcome_of(handle.text(), service_ahead{true});
    EXPECT_EQ(done.is, outcome::stopped) << done.info.message;
}

TEST(ScriptedFleet, IsDeniedWhenTheRightClockIsRefusedToo) {
    const auto handle = task_handle::make("task-1", *parse_queue_arn(arn));
    const auto done = outcome_of(handle.text(), service_ahead{false});
    EXPECT_EQ(done.is, outcome::denied);
    EXPECT_EQ(done.ec, service_errc::clock_skew);
}

} // namespace
} // namespace redrive
