#include "client/bulk_cancel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

#include "client_rig.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;
using test::http_reply;
using ::testing::ElementsAre;
using ::testing::Pair;

// A bulk of the handles 0 to `count` - 1, and what was told of them.
class bulk_rig : public client_rig {
  public:
    std::uint64_t count = 0, asked = 0;
    std::map<std::uint64_t, error_code> ends;
    std::map<std::uint64_t, std::int64_t> counts;
    told_call<cancel_each_result> whole;
    std::function<void(std::uint64_t)> in_source = [](std::uint64_t) {};
    std::function<void(std::uint64_t)> in_sink = [](std::uint64_t) {};

    void begin(std::uint64_t handles, cancel_each_options how = {}) {
        count = handles;
        sqs().async_cancel_each(
            [this]() -> std::optional<task_handle> {
                in_source(asked);
                if (asked == count) return std::nullopt;
                return handle_of(static_cast<int>(asked++));
            },
            [this](std::uint64_t n, error_code ec, const cancel_result& result) {
                EXPECT_FALSE(whole.done());
                EXPECT_TRUE(ends.emplace(n, ec).second) << n;
                counts[n] = result.moved;
                in_sink(n);
            },
            std::move(how),
            whole.note());
    }
    [[nodiscard]] bool run() {
        return world.run_until([this] { return whole.done(); });
    }
};

TEST(BulkCancel, TellsOfEachHandleOnceAndThenOfItself) {
    bulk_rig it;
    it.pipeline(8);
    it.peer.connection().serve(moved_of);
    it.begin(100, cancel_each_options{}.in_flight(10));
    EXPECT_EQ(it.asked, 0u) << "inside the initiating call";
    ASSERT_TRUE(it.run());
    EXPECT_EQ(it.ends.size(), 100u);
    for (const auto& [n, moved] : it.counts)
        EXPECT_EQ(moved, 1000 + static_cast<std::int64_t>(n));
    EXPECT_EQ(it.whole.ec, error_code{});
    EXPECT_EQ(it.whole.result.accepted, 100u);
    EXPECT_EQ(it.whole.result.failed, 0u);
}

TEST(BulkCancel, OfNothingIsDoneAtOnce) {
    bulk_rig it;
    it.begin(0);
    ASSERT_TRUE(it.run());
    EXPECT_EQ(it.whole.ec, error_code{});
    EXPECT_EQ(it.peer.connections(), 0u);
}

TEST(BulkCancel, AsksForNoMoreThanMayBeInFlight) {
    bulk_rig it;
    it.peer.connection().expect_end();
    it.begin(100, cancel_each_options{}.in_flight(7));
    it.world.settle();
    EXPECT_EQ(it.asked, 7u);
}

TEST(BulkCancel, CountsWhatFailedAndGoesOn) {
    bulk_rig it;
    it.peer.connection().serve([](const test::seen_request& seen) {
        return task_in(seen) % 2 == 0 ? moved_of(seen) : failed("ResourceNotFoundException");
    });
    it.begin(10, cancel_each_options{}.in_flight(3));
    ASSERT_TRUE(it.run());
    EXPECT_EQ(it.whole.ec, error_code{});
    EXPECT_EQ(it.whole.result.accepted, 5u);
    EXPECT_EQ(it.whole.result.failed, 5u);
    EXPECT_EQ(it.ends.at(3), service_errc::resource_not_found);
}

TEST(BulkCancel, SendsAgainWhatTheRulesAllow) {
    bulk_rig it;
    int seen = 0;
    it.peer.connection().serve([&](const test::seen_request& request) {
        return ++seen == 1 ? failed("ThrottlingException") : moved_of(request);
    });
    it.begin(2, cancel_each_options{}.in_flight(1));
    ASSERT_TRUE(it.run());
    EXPECT_THAT(it.counts, ElementsAre(Pair(0, 1000), Pair(1, 1001)));
    EXPECT_EQ(seen, 3);
}

TEST(BulkCancel, EndsWhatIsInFlightWhenItIsCancelled) {
    bulk_rig it;
    it.peer.connection().expect_end();
    it.begin(100, cancel_each_options{}.in_flight(3));
    it.world.settle();
    it.whole.cancel();
    EXPECT_TRUE(it.ends.empty()) << "inside emit()";
    ASSERT_TRUE(it.run());
    EXPECT_EQ(it.whole.ec, boost::asio::error::operation_aborted);
    EXPECT_EQ(it.ends.size(), 3u);
    EXPECT_EQ(it.asked, 3u);
    EXPECT_EQ(it.whole.result.failed, 3u);
}

TEST(BulkCancel, EndsAtItsDeadline) {
    bulk_rig it;
    it.peer.connection().expect_end();
    it.begin(100, cancel_each_options{}.in_flight(3).deadline(2s));
    ASSERT_TRUE(it.run());
    EXPECT_EQ(it.whole.ec, client_errc::deadline_exceeded);
    EXPECT_EQ(it.ends.at(0), client_errc::deadline_exceeded);
    EXPECT_EQ(it.world.time->elapsed(), 2s);
}

TEST(BulkCancel, EndsWhenItsClientIsDestroyed) {
    for (const bool begun : {false, true}) {
        bulk_rig it;
        it.peer.connection().expect_end();
        it.begin(5, cancel_each_options{}.in_flight(2));
        if (begun) it.world.settle();
        it.close();
        ASSERT_TRUE(it.run());
        EXPECT_EQ(it.whole.ec, client_errc::client_closed);
        EXPECT_EQ(it.ends.size(), begun ? 2u : 0u);
    }
}

TEST(BulkCancel, MayBeCancelledByItsOwnSink) {
    bulk_rig it;
    it.peer.connection().serve(moved_of);
    it.in_sink = [&](std::uint64_t n) {
        if (n == 4) it.whole.cancel();
    };
    it.begin(100, cancel_each_options{}.in_flight(2));
    ASSERT_TRUE(it.run());
    EXPECT_EQ(it.whole.ec, boost::asio::error::operation_aborted);
    EXPECT_EQ(it.whole.result.accepted, 5u);
    EXPECT_EQ(it.ends.size(), it.asked);
}

TEST(BulkCancel, GoesOnAfterAnExceptionOfItsSink) {
    bulk_rig it;
    it.peer.connection().serve(moved_of);
    it.in_sink = [](std::uint64_t n) {
        if (n == 1) throw std::runtime_error{"sink"};
    };
    it.begin(5, cancel_each_options{}.in_flight(1));
    EXPECT_THROW((void)it.run(), std::runtime_error);
    ASSERT_TRUE(it.run());
    EXPECT_EQ(it.ends.size(), 5u);
}

TEST(BulkCancel, TakesAnExceptionOfItsSourceForItsEnd) {
    bulk_rig it;
    it.peer.connection().serve(moved_of);
    it.in_source = [](std::uint64_t n) {
        if (n == 3) throw std::runtime_error{"source"};
    };
    it.begin(5, cancel_each_options{}.in_flight(1));
    EXPECT_THROW((void)it.run(), std::runtime_error);
    ASSERT_TRUE(it.run());
    EXPECT_EQ(it.ends.size(), 3u);
    EXPECT_EQ(it.whole.ec, error_code{});
}

TEST(BulkCancel, LeaksNothingWhenItsContextEndsFirst) {
    bulk_rig it; // the leak checker looks at what is left
    it.peer.connection().expect_end();
    it.begin(100, cancel_each_options{}.in_flight(10));
    it.world.settle();
    EXPECT_EQ(it.asked, 10u);
}

} // namespace
} // namespace redrive
