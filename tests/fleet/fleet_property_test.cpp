#include "redrive/fleet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "expect_truth.hpp"
#include "fleet_driver.hpp"
#include "simulated_service.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;

class dice {
  public:
    explicit dice(std::uint64_t seed) : random_{seed} {}
    std::size_t below(std::size_t n) {
        return std::uniform_int_distribution<std::size_t>{0, n - 1}(random_);
    }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <class T>
    void shuffle(std::vector<T>& all) {
        std::shuffle(all.begin(), all.end(), random_);
    }

  private:
    std::mt19937_64 random_;
};

std::string random_fault(dice& random) {
    static constexpr std::array operations{"op=ListMessageMoveTasks,",
                                           "op=CancelMessageMoveTask,",
                                           "op=ListQueues,",
                                           "op=GetQueueUrl,",
                                           ""};
    static constexpr std::array triggers{"p=0.02,", "p=0.1,", "p=0.3,", "nth=1,", "every=5,"};
    static constexpr std::array actions{"throttle",
                                        "error:InternalError",
                                        "error:ServiceUnavailable:503",
                                        "error:AccessDeniedException",
                                        "html:502",
                                        "delay:50",
                                        "delay:300",
                                        "close",
                                        "reset",
                                        "half",
                                        "garbage",
                                        "close-after:7",
                                        "drop-pipeline",
                                        "no-pipelining"};
    return std::string{operations[random.below(operations.size())]} +
           triggers[random.below(triggers.size())] + "do=" + actions[random.below(actions.size())];
}

simulated_service::setup random_service(dice& random, std::uint64_t seed) {
    simulated_service::setup out;
    out.seed = seed;
    out.fleet.accounts = 1 + random.below(4);
    out.fleet.regions = 1 + random.below(3);
    out.fleet.queues = 1 + random.below(60);
    out.fleet.running = random.below(out.fleet.queues + 1);
    // Some finish by themselves in the middle of it.
    out.fleet.backlog = random.one_in(3) ? 1'000 : 1'000'000;
    for (auto faults = random.below(4); faults > 0; --faults)
        out.faults.push_back(random_fault(random));
    if (random.one_in(3)) out.limits.emplace_back("CancelMessageMoveTask=20/s");
    if (random.one_in(3)) out.limits.emplace_back("ListMessageMoveTasks=50/s");
    return out;
}

fleet_config random_config(dice& random, const simulated_service& service) {
    auto out = service.config();
    if (random.one_in(3))
        for (auto& each : out.accounts)
            each.account.clear();
    out.transport.max_connections = 1 + random.below(4);
    static constexpr std::array ways{pipelining::off, pipelining::learnt, pipelining::fixed};
    out.transport.pipelining = ways[random.below(ways.size())];
    return out;
}

// Every task in some form, some twice, some that are none.
std::vector<target> random_targets(dice& random,
                                   const service_state& state,
                                   const std::string& url) {
    std::vector<target> out;
    const auto add = [&](const service_state::task& task) {
        const std::string forms[] = {
            arn_of(task), url + "/" + task.account + "/" + task.queue, task.handle, task.queue};
        out.push_back(parsed(forms[random.below(4)], task.region));
    };
    for (const auto& task : state.tasks) {
        for (auto copies = random.below(4); copies > 0; --copies)
            add(task);
    }
    static const std::string junk[] = {
        "two words", "no-such-queue", "handle:foobared", "arn:aws:sqs:us-east-1:100000000001:gone"};
    for (auto more = random.below(6); more > 0; --more)
        out.push_back(parsed(junk[random.below(4)]));
    random.shuffle(out);
    return out;
}

class FleetProperty : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(FleetProperty, TellsTheTruthAboutWhateverItFinds) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    dice random{GetParam()};
    simulated_service service{random_service(random, GetParam())};
    fleet_driver driver{random_config(random, service)};
    std::vector<target_outcome> outcomes;
    const auto report = driver.stop_found(
        {},
        stop_options{}
            .deadline(20s)
            .ordered(random.one_in(2))
            .on_outcome([&](const target_outcome& out) { outcomes.push_back(out); }));
    const auto truth = service.state();
    expect_truth(outcomes, truth);
    std::array<std::uint64_t, 11> counts{};
    for (const auto& each : outcomes)
        ++counts[static_cast<std::size_t>(each.is)];
    EXPECT_EQ(report.counts, counts);
    EXPECT_EQ(report.targets, outcomes.size());
    ASSERT_TRUE(report.search);
    EXPECT_EQ(report.targets, report.search->matched);
    // What still runs was named: its place was not searched, or its outcome says so.
    std::uint64_t named = report.search->unsearched_count;
    for (const auto& each : outcomes) {
        const auto* task = truth.of_queue(each.source_arn);
        named += task && task->status == "RUNNING" ? 1 : 0;
    }
    if (truth.count("RUNNING") > 0) {
        EXPECT_GT(named, 0u);
    }
}

TEST_P(FleetProperty, GivesEachTargetOneTrueOutcomeInInputOrder) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    dice random{GetParam() + 1000};
    simulated_service service{random_service(random, GetParam())};
    fleet_driver driver{random_config(random, service)};
    const auto targets = random_targets(random, service.state(), service.url());
    std::size_t observed = 0;
    const auto outcomes = driver.cancel_all(
        targets,
        stop_options{}.deadline(20s).on_outcome([&](const target_outcome&) { ++observed; }));
    ASSERT_EQ(outcomes.size(), targets.size());
    EXPECT_EQ(observed, targets.size());
    for (std::size_t i = 0; i < targets.size(); ++i) {
        EXPECT_EQ(outcomes[i].input.index, i);
        EXPECT_EQ(outcomes[i].input.text, targets[i].input.text);
        if (!targets[i].invalid.empty()) {
            EXPECT_EQ(outcomes[i].is, outcome::invalid);
        }
    }
    expect_truth(outcomes, service.state());
}

INSTANTIATE_TEST_SUITE_P(Seeds, FleetProperty, ::testing::Range<std::uint64_t>(1, 19));

} // namespace
} // namespace redrive
