#include "auth/child_process.hpp"

#include <gmock/gmock.h>

#include "auth/source_rig.hpp"

namespace redrive::auth {
namespace {

using namespace std::chrono_literals;

child_result run(const std::string& command,
                 std::chrono::milliseconds limit = 60s,
                 environment::variables variables = {{"PATH", "/usr/bin:/bin"}}) {
    source_rig it;
    return it.run(run_in_shell(it.io.get_executor(),
                               real_time_source(),
                               secret_text{command},
                               environment{std::move(variables)},
                               limit));
}

TEST(ChildProcess, SaysWhatItWroteAndHowItEnded) {
    const auto fine = run("echo out; echo err >&2");
    EXPECT_TRUE(fine.started);
    EXPECT_EQ(fine.status, 0);
    EXPECT_EQ(fine.output.reveal(), "out\n");
    EXPECT_EQ(fine.errors, "err\n");
    EXPECT_EQ(run("exit 7").status, 7);
    EXPECT_EQ(run("kill -TERM $$").status, 128 + 15);
    EXPECT_EQ(run("no-such-program-anywhere").status, 127);
}

TEST(ChildProcess, HasAnEmptyInputAndTheGivenVariablesOnly) {
    EXPECT_EQ(run("cat; echo end").output.reveal(), "end\n");
    EXPECT_EQ(run("echo $A-$HOME", 60s, {{"A", "b c"}}).output.reveal(), "b c-\n");
}

TEST(ChildProcess, MayWriteMoreThanIsKept) {
    const auto much = run("head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2");
    EXPECT_EQ(much.status, 0);
    EXPECT_EQ(much.output.reveal().size(), 64u * 1024);
    EXPECT_EQ(much.errors.size(), 4u * 1024);
}

TEST(ChildProcess, ThatTakesTooLongIsEndedWithAllThatItStarted) {
    const auto late = run("sleep 100 & sleep 100", 50ms);
    EXPECT_TRUE(late.timed_out);
    EXPECT_EQ(late.status, 128 + 9);
}

TEST(ChildProcess, ThatNobodyWaitsForAnyMoreIsEnded) {
    boost::asio::io_context io;
    boost::asio::co_spawn(io,
                          run_in_shell(io.get_executor(),
                                       real_time_source(),
                                       secret_text{"sleep 100"},
                                       environment{environment::variables{}},
                                       60s),
                          [](std::exception_ptr, child_result) {});
    io.poll();
} // and the context goes

} // namespace
} // namespace redrive::auth
