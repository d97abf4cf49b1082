#include "redrive/diagnostics.hpp"

#include <gtest/gtest.h>

namespace redrive {
namespace {

TEST(CallPhase, IsNamedAsInReports) {
    EXPECT_EQ(to_string(call_phase::none), "");
    EXPECT_EQ(to_string(call_phase::configure), "configure");
    EXPECT_EQ(to_string(call_phase::credentials), "credentials");
    EXPECT_EQ(to_string(call_phase::sign), "sign");
    EXPECT_EQ(to_string(call_phase::pool), "pool");
    EXPECT_EQ(to_string(call_phase::resolve), "resolve");
    EXPECT_EQ(to_string(call_phase::connect), "connect");
    EXPECT_EQ(to_string(call_phase::proxy), "proxy");
    EXPECT_EQ(to_string(call_phase::tls), "tls");
    EXPECT_EQ(to_string(call_phase::write), "write");
    EXPECT_EQ(to_string(call_phase::read), "read");
    EXPECT_EQ(to_string(call_phase::parse), "parse");
    EXPECT_EQ(to_string(call_phase::service), "service");
    EXPECT_EQ(to_string(call_phase::backoff), "backoff");
}

TEST(Diagnostics, SayNothingOfACallThatDidNotFail) {
    const diagnostics none;
    EXPECT_EQ(none.phase, call_phase::none);
    EXPECT_EQ(none.http_status, 0U);
    EXPECT_EQ(none.attempts, 0U);
    EXPECT_FALSE(none.maybe_applied);
    EXPECT_EQ(none.elapsed.count(), 0);
    EXPECT_TRUE(none.earlier.empty());
}

} // namespace
} // namespace redrive
