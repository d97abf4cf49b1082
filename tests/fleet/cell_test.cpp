#include "fleet/cell.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "fleet/run_control.hpp"
#include "hand_clock.hpp"

namespace redrive::detail {
namespace {

using namespace std::chrono_literals;
using flow::call_purpose;
using verdict = flow::patience::verdict;

class Cell : public ::testing::Test {
  protected:
    std::unique_ptr<cell> make(std::size_t max_in_flight, std::optional<double> rate = {}) {
        const auto limiter = [&] {
            return rate ? flow::rate_limiter::fixed(*rate, clock_->now())
                        : flow::rate_limiter::unlimited();
        };
        return std::make_unique<cell>(
            client{context_.get_executor()},
            clock_,
            flow::admission{max_in_flight, {limiter(), limiter(), limiter()}},
            "prod",
            "123456789012",
            "eu-west-1",
            "aws");
    }
    // Asks for admission; `answer` is set when it comes.
    void ask(cell& where, admission_wait& wait, std::optional<bool>& answer, double rank = 0) {
        asio::co_spawn(
            context_,
            [&where, &wait, &answer, rank]() -> asio::awaitable<void> {
                where.ask(call_purpose::order, rank, wait);
                answer = co_await wait.answer();
            },
            asio::detached);
        clock_->run_ready();
    }

    asio::io_context context_;
    std::shared_ptr<hand_clock> clock_ = std::make_shared<hand_clock>(context_);
};

TEST_F(Cell, AdmitsAtOnceWhileThereIsRoom) {
    const auto where = make(1);
    admission_wait wait{context_.get_executor()};
    std::optional<bool> answer;
    ask(*where, wait, answer);
    EXPECT_EQ(answer, true);
    EXPECT_EQ(where->in_flight(), 1u);
}

TEST_F(Cell, AdmitsTheWorstWhenThereIsRoomAgain) {
    const auto where = make(1);
    admission_wait first{context_.get_executor()}, mild{context_.get_executor()},
        worst{context_.get_executor()};
    std::optional<bool> a, b, c;
    ask(*where, first, a);
    ask(*where, mild, b, 1);
    ask(*where, worst, c, 100);
    EXPECT_FALSE(b || c);
    where->finished(call_purpose::order, {});
    clock_->run_ready();
    EXPECT_FALSE(b);
    EXPECT_EQ(c, true);
    EXPECT_EQ(where->stats().calls, 1u);
}

TEST_F(Cell, AdmitsWhenTheRateAllows) {
    const auto where = make(10, 1);
    admission_wait first{context_.get_executor()}, second{context_.get_executor()};
    std::optional<bool> a, b;
    ask(*where, first, a);
    ask(*where, second, b);
    EXPECT_EQ(a, true);
    EXPECT_FALSE(b);
    clock_->pass(1100ms);
    EXPECT_EQ(b, true);
}

TEST_F(Cell, EndsAWaitOnRequest) {
    const auto where = make(1);
    admission_wait first{context_.get_executor()}, second{context_.get_executor()};
    std::optional<bool> a, b;
    ask(*where, first, a);
    ask(*where, second, b);
    second.stop_waiting();
    second.stop_waiting();
    clock_->run_ready();
    EXPECT_EQ(b, false);
    first.stop_waiting(); // it does not wait any more
    where->finished(call_purpose::order, {});
    EXPECT_EQ(where->in_flight(), 0u);
}

TEST_F(Cell, LetsAWaitBeUsedAgain) {
    const auto where = make(1);
    admission_wait wait{context_.get_executor()};
    for (int i = 0; i < 3; ++i) {
        std::optional<bool> answer;
        ask(*where, wait, answer);
        EXPECT_EQ(answer, true);
        where->finished(call_purpose::order, {});
    }
}

TEST_F(Cell, EndsEveryWaitWhenItGoes) {
    auto where = make(1, 1);
    admission_wait first{context_.get_executor()}, second{context_.get_executor()};
    std::optional<bool> a, b;
    ask(*where, first, a);
    ask(*where, second, b);
    where.reset();
    clock_->pass(10s);
    EXPECT_EQ(b, false);
}

TEST_F(Cell, CountsThrottles) {
    const auto where = make(10);
    for (int i = 0; i < 3; ++i) {
        admission_wait wait{context_.get_executor()};
        std::optional<bool> answer;
        ask(*where, wait, answer);
        where->finished(call_purpose::order,
                        i == 0 ? error_code{} : error_code{service_errc::throttled});
    }
    EXPECT_EQ(where->stats().calls, 3u);
    EXPECT_EQ(where->stats().throttled, 2u);
}

TEST_F(Cell, KnowsWhetherItsEndpointEverAnswered) {
    const auto where = make(100);
    const auto fail_with = [&](error_code ec) {
        admission_wait wait{context_.get_executor()};
        std::optional<bool> answer;
        ask(*where, wait, answer);
        where->finished(call_purpose::order, ec);
    };
    fail_with(client_errc::connect_failed);
    fail_with(asio::error::operation_aborted); // says nothing about the endpoint
    fail_with(client_errc::connect_failed);
    EXPECT_FALSE(where->heard_from());
    EXPECT_EQ(where->judge(call_purpose::order, clock_->now()), verdict::go_on);
    fail_with(client_errc::connect_failed);
    EXPECT_EQ(where->judge(call_purpose::order, clock_->now()), verdict::unreachable);
    fail_with(service_errc::access_denied);
    EXPECT_TRUE(where->heard_from());
    EXPECT_EQ(where->judge(call_purpose::order, clock_->now()), verdict::go_on);
}

TEST(IsReply, TellsTheServicesWordFromSilence) {
    EXPECT_TRUE(is_reply({}));
    EXPECT_TRUE(is_reply(service_errc::throttled));
    EXPECT_TRUE(is_reply(service_errc::internal));
    EXPECT_TRUE(is_reply(client_errc::reply_malformed));
    EXPECT_TRUE(is_reply(client_errc::reply_too_large));
    EXPECT_FALSE(is_reply(client_errc::connection_lost));
    EXPECT_FALSE(is_reply(client_errc::deadline_exceeded));
    EXPECT_FALSE(is_reply(asio::error::operation_aborted));
}

// An errand that waits for admission leaves the line when its run ends.
TEST_F(Cell, LosesAnErrandWhoseRunEnds) {
    const auto where = make(1);
    run_control run{context_.get_executor(), clock_, {}};
    errand first{run}, second{run};
    std::optional<bool> a, b;
    const auto admit = [&](errand& work, std::optional<bool>& answer) {
        asio::co_spawn(
            context_,
            [&]() -> asio::awaitable<void> {
                answer = co_await work.admit(*where, call_purpose::order, 0);
            },
            asio::detached);
        clock_->run_ready();
    };
    admit(first, a);
    admit(second, b);
    EXPECT_EQ(a, true);
    EXPECT_FALSE(b);
    run.interrupt();
    clock_->run_ready();
    EXPECT_EQ(b, false);
    where->finished(call_purpose::order, {});
    std::optional<bool> c;
    admit(second, c);
    EXPECT_EQ(c, false);
    EXPECT_EQ(where->in_flight(), 0u);
}

// Granted, and interrupted before it could go: it gives its place back.
TEST_F(Cell, TakesBackWhatAnEndingRunWasGranted) {
    const auto where = make(1);
    run_control run{context_.get_executor(), clock_, {}};
    errand first{run}, second{run};
    std::optional<bool> a, b;
    asio::co_spawn(
        context_,
        [&]() -> asio::awaitable<void> {
            a = co_await first.admit(*where, call_purpose::order, 0);
            b = co_await second.admit(*where, call_purpose::order, 0);
        },
        asio::detached);
    clock_->run_ready();
    where->finished(call_purpose::order, {}); // grants the second
    run.interrupt();                          // before it runs
    clock_->run_ready();
    EXPECT_EQ(b, false);
    EXPECT_EQ(where->in_flight(), 0u);
}

} // namespace
} // namespace redrive::detail
