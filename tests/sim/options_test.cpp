#include "sim/options.hpp"

#include <sstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redrive::sim {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

struct parsed {
    options values;
    std::optional<int> exit_code;
    std::string out, err;
};

parsed parse(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "redrive-sim");
    parsed result;
    std::ostringstream out, err;
    result.exit_code = parse_options(
        static_cast<int>(arguments.size()), arguments.data(), result.values, out, err);
    result.out = out.str();
    result.err = err.str();
    return result;
}

TEST(Options, HaveDefaultsThatNeedNoFlags) {
    const auto result = parse({});
    EXPECT_FALSE(result.exit_code);
    EXPECT_EQ(result.values.listen, "127.0.0.1:0");
    EXPECT_EQ(result.values.simulated.tempo.dwell, 1s);
    EXPECT_EQ(result.values.simulated.fleet.accounts, 1u);
    EXPECT_EQ(result.values.simulated.fleet.queues, 0u);
}

TEST(Options, AreReadTogether) {
    auto result = parse({"--fleet",      "accounts=2,queues=10,running=3",
                         "--limit",      "ListQueues=1/s",
                         "--limit",      "CancelMessageMoveTask=2/s",
                         "--role",       "stopper=ticket-7",
                         "--role",       "reader",
                         "--fault",      "op=ListQueues,nth=3,do=delay:5",
                         "--fault",      "do=close",
                         "--seed",       "9",
                         "--time-scale", "10",
                         "--dwell",      "250",
                         "--drift",      "0",
                         "--plain"});
    ASSERT_FALSE(result.exit_code) << result.err;
    const auto& simulated = result.values.simulated;
    EXPECT_EQ(simulated.fleet.accounts, 2u);
    EXPECT_EQ(simulated.faults.size(), 2u);
    EXPECT_EQ(simulated.seed, 9u);
    EXPECT_EQ(simulated.tempo.time_scale, 10);
    EXPECT_EQ(simulated.tempo.dwell, 250ms);
    EXPECT_EQ(simulated.tempo.drift, 0ms);
    EXPECT_TRUE(simulated.roles.admits("reader", ""));
    EXPECT_TRUE(simulated.roles.admits("stopper", "ticket-7"));
    EXPECT_FALSE(simulated.roles.admits("stopper", ""));
    EXPECT_FALSE(simulated.roles.knows("other"));
    auto& limits = result.values.simulated.limits;
    EXPECT_TRUE(limits.admits("ListQueues", "a", "r", wall_time{}));
    EXPECT_FALSE(limits.admits("ListQueues", "a", "r", wall_time{}));
}

TEST(Options, RefuseWhatTheyDoNotUnderstandWithExitCode2) {
    for (const auto& arguments : std::vector<std::vector<const char*>>{{"--colour"},
                                                                       {"--fleet", "queues=x"},
                                                                       {"--limit", "ListQueues"},
                                                                       {"--role", "a/b"},
                                                                       {"--fault", "do=explode"},
                                                                       {"--time-scale", "0"},
                                                                       {"--cert", "c.pem"},
                                                                       {"--dwell", "-1"}}) {
        const auto result = parse(arguments);
        EXPECT_EQ(result.exit_code, 2) << arguments.front();
        EXPECT_THAT(result.err, HasSubstr(arguments.front() + 2));
    }
}

TEST(Options, ExplainThemselves) {
    const auto result = parse({"--help"});
    EXPECT_EQ(result.exit_code, 0);
    for (const auto* part : {"us-east-1, us-west-2, eu-west-1",
                             "AKIASIM0100000000001",
                             "drop-pipeline",
                             "NAME[=EXTERNAL_ID]",
                             "suspended=N",
                             "--time-scale",
                             "POST /_sim/faults"})
        EXPECT_THAT(result.out, HasSubstr(part));
}

} // namespace
} // namespace redrive::sim
