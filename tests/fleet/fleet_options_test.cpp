#include "redrive/fleet_options.hpp"

#include <gtest/gtest.h>

namespace redrive {
namespace {

using namespace std::chrono_literals;

TEST(FindOptions, LookForEveryActiveTaskByDefault) {
    const find_options options;
    EXPECT_TRUE(options.match().empty());
    EXPECT_TRUE(options.exclude().empty());
    EXPECT_EQ(options.min_remaining(), 0);
    EXPECT_EQ(options.older_than(), 0ms);
    EXPECT_FALSE(options.history());
    EXPECT_FALSE(options.only());
    EXPECT_FALSE(options.deadline());
    EXPECT_FALSE(options.on_task());
}

TEST(FindOptions, KeepWhatIsChained) {
    int found = 0;
    const auto options = find_options{}
                             .match({"orders-*"})
                             .exclude({"*-test"})
                             .min_remaining(10)
                             .older_than(5s)
                             .history(true)
                             .only({target{}, target{}})
                             .deadline(30s)
                             .on_task([&found](const found_task&) { ++found; });
    EXPECT_EQ(options.match(), std::vector<std::string>{"orders-*"});
    EXPECT_EQ(options.exclude(), std::vector<std::string>{"*-test"});
    EXPECT_EQ(options.min_remaining(), 10);
    EXPECT_EQ(options.older_than(), 5s);
    EXPECT_TRUE(options.history());
    ASSERT_TRUE(options.only());
    EXPECT_EQ(options.only()->size(), 2u);
    EXPECT_EQ(options.deadline(), 30s);
    options.on_task()({});
    EXPECT_EQ(found, 1);
}

TEST(StopOptions, VerifyForAMinuteByDefault) {
    const stop_options options;
    EXPECT_EQ(options.proven_by(), stop_options::proof::verify);
    EXPECT_FALSE(options.deadline());
    EXPECT_EQ(options.verify_timeout(), 60s);
    EXPECT_FALSE(options.max_tasks());
    EXPECT_FALSE(options.ordered());
    EXPECT_FALSE(options.on_outcome());
}

TEST(StopOptions, KeepWhatIsChained) {
    int decided = 0;
    const auto options = stop_options{}
                             .proven_by(stop_options::proof::order_only)
                             .deadline(2min)
                             .verify_timeout(10s)
                             .max_tasks(3)
                             .ordered(true)
                             .on_outcome([&decided](const target_outcome&) { ++decided; });
    EXPECT_EQ(options.proven_by(), stop_options::proof::order_only);
    EXPECT_EQ(options.deadline(), 2min);
    EXPECT_EQ(options.verify_timeout(), 10s);
    EXPECT_EQ(options.max_tasks(), 3u);
    EXPECT_TRUE(options.ordered());
    options.on_outcome()({});
    EXPECT_EQ(decided, 1);
}

} // namespace
} // namespace redrive
