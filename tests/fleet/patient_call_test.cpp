#include "fleet/patient_call.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "hand_clock.hpp"

namespace redrive::detail {
namespace {

using namespace std::chrono_literals;
using flow::call_purpose;
using verdict = flow::patience::verdict;

TEST(WorthAnother, JudgesWhatFailed) {
    const struct {
        error_code ec;
        std::uint32_t failures;
        try_again expected;
    } cases[] = {
        {service_errc::throttled, 1000, try_again::after_admission},
        {client_errc::connect_failed, 1000, try_again::after_pause},
        {client_errc::connection_lost, 1, try_again::after_pause},
        {service_errc::internal, 4, try_again::after_pause},
        {service_errc::internal, 5, try_again::no},
        {client_errc::reply_malformed, 5, try_again::no},
        {service_errc::access_denied, 1, try_again::no},
        {service_errc::queue_not_found, 1, try_again::no},
        {service_errc::task_not_active, 1, try_again::no},
        {client_errc::invalid_argument, 1, try_again::no},
        {service_errc::unsupported, 1, try_again::no},
    };
    for (const auto& each : cases)
        EXPECT_EQ(worth_another(each.ec, {}, each.failures), each.expected) << each.ec.message();
}

// A call whose attempts end as told; the last way is repeated.
class PatientCall : public ::testing::Test {
  protected:
    void call(std::vector<error_code> ways,
              std::optional<std::chrono::steady_clock::duration> deadline = {}) {
        ways_ = std::move(ways);
        run_.emplace(context_.get_executor(), clock_, deadline);
        work_.emplace(*run_);
        asio::co_spawn(
            context_,
            [this]() -> asio::awaitable<void> {
                ended_ = co_await call_patiently<cancel_result>(
                    *work_, where_, call_purpose::search, 0.5, [this] { return attempt(); });
            },
            asio::detached);
        clock_->run_ready();
    }

    asio::awaitable<std::tuple<error_code, cancel_result>> attempt() {
        const auto way = ways_[std::min(attempts_++, ways_.size() - 1)];
        cancel_result result;
        result.moved = static_cast<std::int64_t>(attempts_);
        co_return std::tuple{way, result};
    }

    asio::io_context context_;
    std::shared_ptr<hand_clock> clock_ = std::make_shared<hand_clock>(context_);
    cell where_{client{context_.get_executor()},
                clock_,
                flow::admission{1,
                                {flow::rate_limiter::unlimited(),
                                 flow::rate_limiter::unlimited(),
                                 flow::rate_limiter::unlimited()}},
                "prod",
                "123456789012",
                "eu-west-1",
                "aws"};
    std::optional<run_control> run_;
    std::optional<errand> work_;
    std::vector<error_code> ways_;
    std::size_t attempts_ = 0;
    std::optional<patient_result<cancel_result>> ended_;
};

TEST_F(PatientCall, EndsWithTheFirstAnswer) {
    call({error_code{}});
    ASSERT_TRUE(ended_);
    EXPECT_FALSE(ended_->ec);
    EXPECT_EQ(ended_->value.moved, 1);
    EXPECT_FALSE(ended_->run_ended);
    EXPECT_EQ(where_.in_flight(), 0u);
}

TEST_F(PatientCall, TriesAgainAfterAPause) {
    call({client_errc::connection_lost, service_errc::internal, error_code{}});
    EXPECT_FALSE(ended_);
    EXPECT_EQ(attempts_, 1u);
    clock_->pass(60s);
    ASSERT_TRUE(ended_);
    EXPECT_FALSE(ended_->ec);
    EXPECT_EQ(attempts_, 3u);
}

TEST_F(PatientCall, TriesAThrottledCallWhenTheGateAllows) {
    call({service_errc::throttled, service_errc::throttled, error_code{}});
    ASSERT_TRUE(ended_); // the gate of this test always does
    EXPECT_FALSE(ended_->ec);
}

TEST_F(PatientCall, EndsWithARefusal) {
    call({service_errc::access_denied});
    ASSERT_TRUE(ended_);
    EXPECT_EQ(ended_->ec, service_errc::access_denied);
    EXPECT_EQ(attempts_, 1u);
}

TEST_F(PatientCall, EndsWithFiveUselessAnswers) {
    call({service_errc::internal});
    clock_->pass(10min);
    ASSERT_TRUE(ended_);
    EXPECT_EQ(ended_->ec, service_errc::internal);
    EXPECT_EQ(attempts_, 5u);
}

TEST_F(PatientCall, EndsWhenTheEndpointNeverAnswered) {
    call({client_errc::connect_failed});
    clock_->pass(10min);
    ASSERT_TRUE(ended_);
    EXPECT_EQ(ended_->ec, client_errc::connect_failed);
    EXPECT_EQ(ended_->patience, verdict::unreachable);
    EXPECT_EQ(attempts_, 3u);
}

TEST_F(PatientCall, GoesOnToTheDeadlineWhenThereIsOne) {
    call({client_errc::connect_failed}, 120s);
    clock_->pass(119s);
    EXPECT_FALSE(ended_);
    EXPECT_GT(attempts_, 3u);
    clock_->pass(1s);
    ASSERT_TRUE(ended_);
    EXPECT_TRUE(ended_->run_ended);
    EXPECT_EQ(ended_->ec, client_errc::connect_failed); // the reason, not the clock
}

TEST_F(PatientCall, EndsWithThePauseWhenTheRunIsInterrupted) {
    call({client_errc::connection_lost});
    run_->interrupt();
    clock_->run_ready();
    ASSERT_TRUE(ended_);
    EXPECT_TRUE(ended_->run_ended);
    EXPECT_EQ(attempts_, 1u);
}

TEST_F(PatientCall, SaysThatTheDeadlineCameBeforeItsTurn) {
    admission_wait other{context_.get_executor()};
    asio::co_spawn(
        context_,
        [&]() -> asio::awaitable<void> {
            where_.ask(call_purpose::search, 0, other);
            static_cast<void>(co_await other.answer());
        },
        asio::detached);
    clock_->run_ready(); // the only place is taken
    call({error_code{}}, 5s);
    clock_->pass(5s);
    ASSERT_TRUE(ended_);
    EXPECT_EQ(attempts_, 0u);
    EXPECT_TRUE(ended_->run_ended);
    EXPECT_EQ(ended_->ec, client_errc::deadline_exceeded);
}

} // namespace
} // namespace redrive::detail
