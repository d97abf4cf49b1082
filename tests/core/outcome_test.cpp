#include "redrive/outcome.hpp"

#include <gtest/gtest.h>

namespace redrive {
namespace {

TEST(Outcome, HasTheNamesThatScriptsDependOn) {
    EXPECT_EQ(to_string(outcome::stopped), "stopped");
    EXPECT_EQ(to_string(outcome::already_finished), "already_finished");
    EXPECT_EQ(to_string(outcome::not_running), "not_running");
    EXPECT_EQ(to_string(outcome::accepted), "accepted");
    EXPECT_EQ(to_string(outcome::not_found), "not_found");
    EXPECT_EQ(to_string(outcome::invalid), "invalid");
    EXPECT_EQ(to_string(outcome::skipped), "skipped");
    EXPECT_EQ(to_string(outcome::unknown), "unknown");
    EXPECT_EQ(to_string(outcome::denied), "denied");
    EXPECT_EQ(to_string(outcome::throttled), "throttled");
    EXPECT_EQ(to_string(outcome::unreachable), "unreachable");
}

TEST(Outcome, OutsideTheListIsUnknownNotAnEmptyText) {
    EXPECT_EQ(to_string(static_cast<outcome>(99)), "unknown");
}

TEST(Evidence, HasTheNamesThatScriptsDependOn) {
    EXPECT_EQ(to_string(evidence::none), "");
    EXPECT_EQ(to_string(evidence::terminal), "terminal");
    EXPECT_EQ(to_string(evidence::absent), "absent");
}

} // namespace
} // namespace redrive
