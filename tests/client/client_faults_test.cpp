#include <boost/asio/error.hpp>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "client_rig.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;
using test::http_reply;
using test::peer_security;
using failure = test::scripted_peer::failure;

// Eight cancels over two connections, pipelined; the peer fails once, at the step that is asked
// for.
class failing_scenario {
  public:
    failing_scenario(peer_security security, std::size_t step, failure how)
        : step_{step}, it_{security} {
        it_.pipeline(4);
        it_.config.transport.max_connections = 2;
        it_.peer.afterwards().serve(moved_of);
        it_.peer.fail_at(step, how);
    }

    void run() {
        for (int n = 0; n < calls; ++n)
            it_.cancel(n);
        EXPECT_TRUE(it_.run_until_done());
        it_.world.settle();
        it_.close();
        it_.world.settle();
        for (int n = 0; n < calls; ++n)
            expect_own_answer(n);
    }
    // The peer had fewer steps than that.
    [[nodiscard]] bool ran_clean() const { return it_.peer.steps_done() <= step_; }

  private:
    static constexpr int calls = 8;

    // The peer fails once only, so that every call must have come through.
    void expect_own_answer(int n) const {
        const auto& call = it_.cancels[static_cast<std::size_t>(n)];
        EXPECT_EQ(call.outcomes, 1) << n;
        EXPECT_EQ(call.ec, error_code{}) << n << ": " << call.result.info.message;
        EXPECT_EQ(call.result.moved, 1000 + n) << "the answer of another task";
    }

    std::size_t step_;
    client_rig it_;
};

class FailAtStep : public ::testing::TestWithParam<std::tuple<peer_security, failure>> {};

TEST_P(FailAtStep, GivesEveryCallItsOwnOutcome) {
    const auto [security, how] = GetParam();
    constexpr std::size_t bound = 200;
    std::size_t step = 0;
    for (bool clean = false; !clean && step < bound; ++step) {
        SCOPED_TRACE(step);
        failing_scenario it{security, step, how};
        it.run();
        clean = it.ran_clean();
        if (HasFailure()) return;
    }
    EXPECT_GT(step, 8u);
    EXPECT_LT(step, bound) << "never ran clean";
}

INSTANTIATE_TEST_SUITE_P(EachWay,
                         FailAtStep,
                         ::testing::Combine(::testing::Values(peer_security::plain,
                                                              peer_security::tls),
                                            ::testing::Values(failure::close, failure::reset)));

// A service that loses connections at random, and callers that give up at random.
class random_life {
  public:
    explicit random_life(std::uint64_t seed) : random_{seed}, depth_{1 + draw(8)} {
        it_.pipeline(depth_);
        it_.config.transport.max_connections = 1 + draw(3);
        it_.config.transport.read_timeout = 5s;
        it_.config.max_attempts = static_cast<std::uint32_t>(1 + draw(4));
        for (int n = 0; n < 200; ++n)
            script_connection(it_.peer.connection());
        it_.peer.afterwards().serve(moved_of);
    }

    void run() {
        const auto calls = static_cast<int>(10 + draw(30));
        for (int n = 0; n < calls; ++n) {
            it_.cancel(n, options());
            if (draw(4) == 0) it_.world.settle();
            if (draw(6) == 0) it_.cancels[draw(it_.cancels.size())].cancel();
        }
        const bool closes = draw(4) == 0;
        if (closes) it_.close();
        EXPECT_TRUE(it_.run_until_done());
        it_.close();
        it_.world.settle();
        for (int n = 0; n < calls; ++n)
            expect_outcome(n);
    }

  private:
    std::size_t draw(std::size_t below) {
        return std::uniform_int_distribution<std::size_t>{0, below - 1}(random_);
    }
    cancel_options options() {
        cancel_options how;
        if (draw(5) == 0) how.deadline(std::chrono::milliseconds{draw(8000)});
        return how;
    }

    // Some good replies, then a fate.
    void script_connection(test::peer_script& script) {
        const auto good = draw(6);
        auto left = std::make_shared<std::size_t>(good);
        // Nothing in a surplus reply tells it from the one that a pipelined request waits for.
        const auto fate = draw(depth_ == 1 ? 5 : 4);
        script.serve([left, fate](const test::seen_request& seen) -> std::string {
            if (*left > 0) {
                --*left;
                return moved_of(seen);
            }
            switch (fate) {
            case 0: return {}; // silence
            case 1: return failed("ThrottlingException");
            case 2: return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            case 3: return "garbage";
            default: return moved_of(seen) + moved(-1);
            }
        });
    }

    void expect_outcome(int n) const {
        const auto& call = it_.cancels[static_cast<std::size_t>(n)];
        EXPECT_EQ(call.outcomes, 1) << n;
        // An empty body is a good answer that moved nothing.
        if (!call.ec && call.result.moved != 0) {
            EXPECT_EQ(call.result.moved, 1000 + n) << "another's";
        }
        if (call.ec) {
            EXPECT_EQ(call.result.moved, 0);
        }
    }

    std::mt19937_64 random_;
    std::size_t depth_;
    client_rig it_;
};

TEST(ClientProperty, NoAnswerIsCreditedToAnotherHandleWhateverHappens) {
    const std::uint64_t first = std::random_device{}();
    for (std::uint64_t seed = first; seed < first + 60; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        random_life it{seed};
        it.run();
        if (HasFailure()) return;
    }
}

} // namespace
} // namespace redrive
