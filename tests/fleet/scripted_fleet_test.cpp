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

TEST(ScriptedFleet, StopsATaskWithoutANetwork) {
    test::scoped_environment environment;
    test::virtual_world world;
    const std::string arn = "arn:aws:sqs:eu-west-1:123456789012:orders-dlq";
    const auto handle = task_handle::make("task-1", *parse_queue_arn(arn));
    int lists = 0;
    const auto service = std::make_shared<scripted_service>([&](const request& what) -> reply {
        if (what.operation == "CancelMessageMoveTask")
            return {.body = R"({"ApproximateNumberOfMessagesMoved":7})"};
        EXPECT_EQ(what.operation, "ListMessageMoveTasks");
        const bool over = ++lists > 1;
        return {.body = std::string{R"({"Results":[{"Status":")"} +
                        (over ? "CANCELLED" : "CANCELLING") +
                        R"(","ApproximateNumberOfMessagesMoved":9,"SourceArn":")" + arn +
                        R"(","StartedTimestamp":1700000000000}]})"};
    });
    fleet_config config;
    config.accounts.push_back({.name = "one",
                               .keys = credentials{"AKIDEXAMPLE", secret_text{"wJalrXUtnFEMI"}},
                               .account = "123456789012",
                               .region = "eu-west-1"});
    config.time = world.time;
    config.service = service;
    fleet subject{world.executor(), config};
    std::optional<std::vector<target_outcome>> outcomes;
    subject.async_cancel_all({parse_target(handle.text(), {})}, {}, [&](error_code, auto result) {
        outcomes = std::move(result);
    });
    ASSERT_TRUE(world.run_until([&] { return outcomes.has_value(); }));
    ASSERT_EQ(outcomes->size(), 1u);
    EXPECT_EQ(outcomes->front().is, outcome::stopped) << outcomes->front().info.message;
    EXPECT_EQ(outcomes->front().moved_at_stop, 9);
}

} // namespace
} // namespace redrive
