// Every way in which the simulator can spoil a connection, against every way to use one.

#include <gtest/gtest.h>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "crowd.hpp"
#include "hostile_service.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;

struct fault_row {
    const char* name;
    std::vector<std::string> rules;
    // Why calls may end without an answer; else none may.
    std::optional<client_errc> told{};
    // The first attempt of every call in flight fails, and not all may be made again.
    bool uses_up_the_quota = false;
};

const fault_row fault_rows[] = {
    {"none", {}},
    {"throttle", {"every=5,do=throttle"}},
    {"error", {"every=5,do=error:InternalError:500"}},
    {"delay", {"every=5,do=delay:5"}},
    {"close", {"every=5,do=close"}},
    {"reset", {"every=5,do=reset"}},
    {"half", {"every=5,do=half"}},
    {"drip", {"every=5,do=drip:0"}},
    {"garbage", {"every=5,do=garbage"}, client_errc::reply_malformed},
    {"stale", {"do=stale:0"}},
    {"close-after", {"do=close-after:3"}},
    {"drop-pipeline", {"do=drop-pipeline"}},
    {"no-pipelining", {"do=no-pipelining"}},
    {"date", {"do=date:600"}, {}, true},
    {"tls-fail", {"every=2,do=tls-fail"}},
    {"html", {"every=5,do=html:502"}},
};

struct usage {
    const char* name;
    pipelining mode;
    std::size_t calls;
    std::size_t in_flight;
};

constexpr usage usages[] = {
    {"off x1", pipelining::off, 25, 1},
    {"off x100", pipelining::off, 100, 100},
    {"auto x1", pipelining::learnt, 25, 1},
    {"auto x100", pipelining::learnt, 100, 100},
    {"16 x1", pipelining::fixed, 25, 1},
    {"16 x100", pipelining::fixed, 100, 100},
};

class FaultMatrix : public ::testing::Test {
  protected:
    static constexpr std::size_t tasks = 100;

    crowd::tally run(const fault_row& fault, const usage& how) {
        auto& service = it_.service();
        service.start_over(fault.rules);
        boost::asio::io_context context{1};
        auto config = it_.config();
        config.transport.pipelining = how.mode;
        client sqs{context.get_executor(), std::move(config)};
        crowd callers{sqs, service.state().tasks, how.calls};
        callers.begin(how.in_flight);
        const auto limit = std::chrono::steady_clock::now() + 30s;
        while (!callers.done() && std::chrono::steady_clock::now() < limit)
            context.run_one_for(1s);
        EXPECT_TRUE(callers.done()) << "not every call ended";
        context.poll(); // a second outcome would come here
        for (const auto& each : callers.calls())
            EXPECT_TRUE(each.ec.category() != client_category() ||
                        (fault.told && each.ec == *fault.told))
                << each.ec.message();
        return callers.judge(service.state());
    }

    static std::string cell(const crowd::tally& of) {
        return std::to_string(of.answered) + "/" + std::to_string(of.refused) + "/" +
               std::to_string(of.lost) + " +" + std::to_string(of.resent);
    }

  private:
    hostile_service it_{tasks};
};

TEST_F(FaultMatrix, GivesEveryCallOneOutcomeAndItsOwn) {
    std::printf("%-14s", "");
    for (const auto& how : usages)
        std::printf(" %13s", how.name);
    std::printf("   answered/refused/lost +resent\n");
    for (const auto& fault : fault_rows) {
        std::printf("%-14s", fault.name);
        for (const auto& how : usages) {
            SCOPED_TRACE(std::string{fault.name} + ", " + how.name);
            const auto seen = run(fault, how);
            std::printf(" %13s", cell(seen).c_str());
            std::fflush(stdout);
            EXPECT_TRUE(seen.refused == 0 || fault.uses_up_the_quota);
            EXPECT_EQ(seen.lost == 0, !fault.told);
        }
        std::printf("\n");
    }
}

} // namespace
} // namespace redrive
