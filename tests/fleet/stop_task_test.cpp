#include "fleet/stop_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fleet_driver.hpp"
#include "simulated_service.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using proof = stop_options::proof;

// One account and region with two queues whose redrives run for long.
class StopTask : public ::testing::Test {
  protected:
    void simulate(std::vector<std::string> faults = {}) {
        service_.emplace(simulated_service::setup{
            .fleet = {.queues = 2, .running = 2, .backlog = 10'000'000, .spread = false},
            .faults = std::move(faults)});
        task_ = service_->state().tasks[0];
    }
    target_outcome cancel(const std::string& text, stop_options how = {}) {
        fleet_driver driver{service_->config()};
        return driver.cancel(parsed(text), std::move(how));
    }
    service_state::task now() { return *service_->state().of_handle(task_.handle); }
    std::int64_t calls(const std::string& operation) { return service_->state().calls[operation]; }
    [[nodiscard]] std::string url() const {
        return service_->url() + "/" + task_.account + "/" + task_.queue;
    }

    std::optional<simulated_service> service_;
    service_state::task task_;
};

TEST_F(StopTask, StopsAQueuesTaskAndProvesIt) {
    simulate();
    const auto out = cancel(arn_of(task_));
    EXPECT_EQ(out.is, outcome::stopped);
    EXPECT_EQ(out.rests_on, evidence::terminal);
    EXPECT_EQ(out.status, "CANCELLED");
    EXPECT_EQ(out.attempts, 1u);
    EXPECT_EQ(out.resent, 0u);
    EXPECT_EQ(out.account, task_.account);
    EXPECT_EQ(out.identity, "sim-" + task_.account);
    EXPECT_EQ(out.region, task_.region);
    EXPECT_EQ(out.queue, task_.queue);
    EXPECT_EQ(out.source_arn, arn_of(task_));
    EXPECT_FALSE(out.ec);
    ASSERT_TRUE(out.ordered_at && out.accepted_at && out.confirmed_at && out.started);
    EXPECT_LE(*out.ordered_at, *out.accepted_at);
    EXPECT_LE(*out.accepted_at, *out.confirmed_at);
    ASSERT_TRUE(out.drift());
    EXPECT_GE(*out.drift(), 0);
    EXPECT_GE(out.request_ids.size(), 3u);
    EXPECT_EQ(now().status, "CANCELLED");
}

TEST_F(StopTask, StopsTheSameTaskByUrlByNameAndByHandle) {
    for (int form = 0; form < 3; ++form) {
        simulate();
        const auto out = cancel(form == 0 ? url() : form == 1 ? task_.queue : task_.handle);
        EXPECT_EQ(out.is, outcome::stopped) << form;
        EXPECT_EQ(out.source_arn, arn_of(task_)) << form;
        EXPECT_EQ(now().status, "CANCELLED") << form;
        EXPECT_EQ(calls("CancelMessageMoveTask"), 1) << form;
        EXPECT_EQ(service_->state().count("RUNNING"), 1u) << form; // the other goes on
    }
}

TEST_F(StopTask, OrdersAHandleWithoutListingItFirst) {
    simulate({"op=ListMessageMoveTasks,do=error:AccessDeniedException"});
    const auto out = cancel(task_.handle);
    EXPECT_EQ(out.is, outcome::accepted); // ordered, and not proven
    EXPECT_EQ(out.ec, service_errc::access_denied);
    EXPECT_EQ(calls("CancelMessageMoveTask"), 1);
}

TEST_F(StopTask, LearnsTheAccountOfAName) {
    simulate();
    auto config = service_->config();
    config.accounts[0].account.clear();
    fleet_driver driver{std::move(config)};
    const auto out = driver.cancel(parsed(task_.queue));
    EXPECT_EQ(out.is, outcome::stopped);
    EXPECT_EQ(out.account, task_.account);
    EXPECT_EQ(calls("GetQueueUrl"), 1);
}

TEST_F(StopTask, SaysThatANameIsNoQueue) {
    simulate();
    auto config = service_->config();
    config.accounts[0].account.clear();
    fleet_driver driver{std::move(config)};
    const auto out = driver.cancel(parsed("no-such-queue"));
    EXPECT_EQ(out.is, outcome::not_found);
    EXPECT_EQ(out.ec, service_errc::queue_not_found);
}

TEST_F(StopTask, SaysThatNothingRuns) {
    simulate();
    static_cast<void>(cancel(arn_of(task_)));
    const auto again = cancel(arn_of(task_));
    EXPECT_EQ(again.is, outcome::not_running);
    EXPECT_FALSE(again.ordered_at);
    EXPECT_EQ(calls("CancelMessageMoveTask"), 1);
}

TEST_F(StopTask, SaysThatAHandleIsOfATaskThatEnded) {
    simulate();
    static_cast<void>(cancel(task_.handle));
    EXPECT_EQ(cancel(task_.handle).is, outcome::already_finished);
}

TEST_F(StopTask, RefusesAHandleThatTheServiceCallsJunk) {
    simulate();
    const auto out = cancel("handle:foobared");
    EXPECT_EQ(out.is, outcome::invalid);
    EXPECT_EQ(out.ec, service_errc::invalid_parameter);
    EXPECT_NE(out.hint, "");
}

TEST_F(StopTask, FindsNoTaskForAWrongHandle) {
    simulate();
    const auto wrong = task_handle::make("no-such-task", *parse_queue_arn(arn_of(task_)));
    EXPECT_EQ(cancel(wrong.text()).is, outcome::not_found);
    EXPECT_EQ(now().status, "RUNNING");
}

TEST_F(StopTask, ProvesAStopWhoseAnswerWasLost) {
    for (const auto* way : {"close", "reset", "half"}) {
        simulate({std::string{"op=CancelMessageMoveTask,nth=1,do="} + way});
        const auto out = cancel(task_.handle);
        EXPECT_EQ(out.is, outcome::stopped) << way;
        EXPECT_GE(out.attempts, 2u) << way;
        EXPECT_EQ(now().status, "CANCELLED") << way;
    }
}

TEST_F(StopTask, GetsThroughThrottlesAndErrors) {
    simulate({"op=CancelMessageMoveTask,nth=1,do=throttle",
              "op=CancelMessageMoveTask,nth=2,do=error:InternalError",
              "op=ListMessageMoveTasks,nth=1,do=throttle",
              "op=ListMessageMoveTasks,nth=3,do=error:ServiceUnavailable:503"});
    const auto out = cancel(arn_of(task_));
    EXPECT_EQ(out.is, outcome::stopped);
    EXPECT_EQ(out.attempts, 3u);
}

TEST_F(StopTask, ProvesNothingWhenNoProofIsWanted) {
    simulate();
    const auto out = cancel(task_.handle, stop_options{}.proven_by(proof::order_only));
    EXPECT_EQ(out.is, outcome::accepted);
    EXPECT_FALSE(out.ec);
    EXPECT_EQ(calls("ListMessageMoveTasks"), 0);
}

TEST_F(StopTask, OnlyReadsWhenItVerifies) {
    simulate();
    const auto how = stop_options{}.proven_by(proof::verify_only).verify_timeout(3s);
    EXPECT_EQ(cancel(arn_of(task_), how).is, outcome::unknown);
    EXPECT_EQ(calls("CancelMessageMoveTask"), 0);
    static_cast<void>(cancel(arn_of(task_)));
    EXPECT_EQ(cancel(arn_of(task_), how).is, outcome::already_finished);
}

TEST_F(StopTask, ForgetsATroubleThatIsOver) {
    simulate({"op=ListMessageMoveTasks,nth=1,do=throttle"});
    const auto out =
        cancel(arn_of(task_),
               stop_options{}.proven_by(proof::verify_only).verify_timeout(1h).deadline(8s));
    EXPECT_EQ(out.is, outcome::unknown); // it runs, and was read; no longer throttled
    EXPECT_EQ(out.status, "RUNNING");
}

TEST_F(StopTask, SaysThatItWasThrottledToTheDeadline) {
    simulate({"op=CancelMessageMoveTask,do=throttle"});
    auto config = service_->config();
    config.rate = 0.1; // the second order waits for its turn when the deadline passes
    fleet_driver driver{std::move(config)};
    const auto out = driver.cancel(parsed(task_.handle), stop_options{}.deadline(5s));
    EXPECT_EQ(out.is, outcome::throttled);
    EXPECT_EQ(out.ec, service_errc::throttled);
    EXPECT_EQ(now().status, "RUNNING");
}

TEST_F(StopTask, NamesThePermissionThatItLacks) {
    simulate({"op=CancelMessageMoveTask,do=error:AccessDeniedException"});
    const auto out = cancel(task_.handle);
    EXPECT_EQ(out.is, outcome::denied);
    EXPECT_EQ(out.ec, service_errc::access_denied);
    EXPECT_THAT(out.hint, HasSubstr("sqs:"));
}

TEST_F(StopTask, EndsUnreachableAfterThreeAttemptsOnADeadEndpoint) {
    simulate();
    auto config = service_->config();
    service_.reset(); // nobody listens there any more
    fleet_driver driver{std::move(config)};
    const auto out = driver.cancel(parsed(task_.handle));
    EXPECT_EQ(out.is, outcome::unreachable);
    EXPECT_EQ(out.ec, client_errc::connect_failed);
    EXPECT_FALSE(out.accepted_at);
}

TEST_F(StopTask, CallsAnOrderThatHungUnknown) {
    simulate({"op=CancelMessageMoveTask,do=delay:600000"});
    const auto out = cancel(task_.handle, stop_options{}.deadline(5s));
    EXPECT_EQ(out.is, outcome::unknown); // it was sent, so it may have been taken
}

} // namespace
} // namespace redrive
