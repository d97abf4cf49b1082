#include "redrive/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client_rig.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

// Keeps what it is told.
class recorder final : public call_observer {
  public:
    struct attempt {
        std::uint64_t call;
        std::uint32_t number;
        bool sent;
        error_code ec;
        std::optional<std::chrono::milliseconds> pause;
        attempt_record::time::duration queued, served;
    };
    struct call {
        std::uint64_t number;
        std::string operation;
        error_code ec;
        std::uint32_t attempts;
        call_record::time::duration took;
    };

    void attempt_ended(const attempt_record& what) override {
        const auto sent = what.sent.value_or(what.ended);
        attempts.push_back({what.call,
                            what.number,
                            what.sent.has_value(),
                            what.ec,
                            what.pause,
                            sent - what.began,
                            what.ended - sent});
    }
    void call_ended(const call_record& what) override {
        calls.push_back({what.call,
                         std::string{what.operation},
                         what.ec,
                         what.info.attempts,
                         what.ended - what.began});
    }

    std::vector<attempt> attempts;
    std::vector<call> calls;
};

TEST(CallObserver, IsToldOfEachAttemptAndOfTheCallOnce) {
    client_rig it;
    const auto seen = std::make_shared<recorder>();
    it.config.observer = seen;
    it.peer.connection()
        .expect(1)
        .delay(30ms)
        .reply(failed("InternalFailure", "500 Oops"))
        .expect(1)
        .delay(20ms)
        .reply(moved(7));
    ASSERT_TRUE((it.cancel(1), it.run_until_done()));
    ASSERT_EQ(seen->attempts.size(), 2u);
    const auto& first = seen->attempts[0];
    EXPECT_EQ(first.call, 1u);
    EXPECT_EQ(first.number, 1u);
    EXPECT_TRUE(first.sent);
    EXPECT_EQ(first.ec, service_errc::internal);
    EXPECT_EQ(first.served, 30ms);
    ASSERT_TRUE(first.pause);
    const auto& second = seen->attempts[1];
    EXPECT_EQ(second.number, 2u);
    EXPECT_FALSE(second.ec);
    EXPECT_FALSE(second.pause);
    EXPECT_EQ(second.served, 20ms);
    ASSERT_EQ(seen->calls.size(), 1u);
    EXPECT_EQ(seen->calls[0].number, 1u);
    EXPECT_EQ(seen->calls[0].operation, "CancelMessageMoveTask");
    EXPECT_EQ(seen->calls[0].attempts, 2u);
    EXPECT_FALSE(seen->calls[0].ec);
    EXPECT_EQ(seen->calls[0].took, 50ms + *first.pause);
}

TEST(CallObserver, IsToldOfACallThatNeverLeft) {
    client_rig it;
    const auto seen = std::make_shared<recorder>();
    it.config.observer = seen;
    it.peer.stop_listening();
    it.config.max_attempts = 1;
    ASSERT_TRUE((it.cancel(1), it.run_until_done()));
    ASSERT_EQ(seen->attempts.size(), 1u);
    EXPECT_FALSE(seen->attempts[0].sent);
    EXPECT_EQ(seen->attempts[0].ec, client_errc::connect_failed);
    ASSERT_EQ(seen->calls.size(), 1u);
    EXPECT_EQ(seen->calls[0].ec, client_errc::connect_failed);
}

TEST(CallObserver, IsToldOfACallThatCouldNotBeConfigured) {
    client_rig it;
    const auto seen = std::make_shared<recorder>();
    it.config.observer = seen;
    it.config.endpoint_url = "ftp://nowhere";
    ASSERT_TRUE((it.cancel(1), it.run_until_done()));
    EXPECT_EQ(seen->attempts.size(), 0u);
    ASSERT_EQ(seen->calls.size(), 1u);
    EXPECT_EQ(seen->calls[0].ec, client_errc::bad_configuration);
}

TEST(MetricsCollector, CountsCallsAttemptsAndWhyTheyWereMadeAgain) {
    client_rig it;
    const auto counted = std::make_shared<metrics_collector>();
    it.config.observer = counted;
    it.peer.connection()
        .expect(1)
        .reply(failed("RequestThrottled"))
        .expect(1)
        .reply(moved(7))
        .expect(1)
        .reply(failed("ResourceNotFoundException"));
    ASSERT_TRUE((it.cancel(1), it.run_until_done()));
    ASSERT_TRUE((it.cancel(2), it.run_until_done()));
    ASSERT_EQ(counted->operations().size(), 1u);
    const auto& of = counted->operations().at("CancelMessageMoveTask");
    EXPECT_EQ(of.calls, 2u);
    EXPECT_EQ(of.failed, 1u);
    EXPECT_EQ(of.attempts, 3u);
    EXPECT_EQ(of.throttled, 1u);
    EXPECT_THAT(of.retries, ElementsAre(Pair("throttled", 1u)));
    EXPECT_EQ(of.total.count, 2u);
    EXPECT_EQ(of.service.count, 3u);
    EXPECT_EQ(of.backoff.count, 1u);
}

TEST(EndpointMetrics, TellOfConnectionsAndBytes) {
    client_rig it;
    EXPECT_TRUE(it.sqs().endpoints().empty()) << "before the first call";
    it.peer.connection().expect(1).reply(moved(7)).hold();
    ASSERT_TRUE((it.cancel(1), it.run_until_done()));
    const auto all = it.sqs().endpoints();
    ASSERT_EQ(all.size(), 1u);
    const auto& one = all.front();
    EXPECT_EQ(one.address, "127.0.0.1:" + std::to_string(it.peer.port()));
    EXPECT_EQ(one.open, 1u);
    EXPECT_EQ(one.idle, 1u);
    EXPECT_EQ(one.in_flight, 0u);
    EXPECT_EQ(one.replies, 1u);
    EXPECT_EQ(one.bytes_received, moved(7).size());
    EXPECT_GT(one.bytes_sent, 500u);
}

TEST(LatencyHistogram, PutsEachDurationUnderItsBound) {
    latency_histogram of;
    for (const auto span : {-1ms, 0ms, 1ms, 100'000ms})
        of.add(span);
    of.add(100us);
    of.add(101us);
    EXPECT_EQ(of.count, 6u);
    EXPECT_EQ(of.counts[0], 3u) << "-1 ms, 0 ms, 0.1 ms";
    EXPECT_EQ(of.counts[1], 1u) << "0.101 ms";
    EXPECT_EQ(of.counts[4], 1u) << "1 ms is below 1.6 ms";
    EXPECT_EQ(of.counts.back(), 1u);
    EXPECT_EQ(of.sum, 1ms + 100'000ms + 201us) << "nothing takes less than no time";
}

TEST(ToPrometheus, WritesEveryFamilyWithItsTypeOnce) {
    metrics_collector counted;
    diagnostics info;
    const attempt_record::time start{};
    counted.attempt_ended({1,
                           "ListQueues",
                           "host",
                           1,
                           start,
                           start + 1ms,
                           start + 4ms,
                           service_errc::throttled,
                           info,
                           50ms});
    counted.call_ended({1, "ListQueues", "host", start, start + 60ms, {}, info});
    endpoint_metrics one;
    one.address = "a\"b\\c\n";
    one.open = 3;
    one.idle = 1;
    const auto text = to_prometheus(counted, {one});
    EXPECT_THAT(text,
                HasSubstr("# TYPE redrive_calls_total counter\n"
                          "redrive_calls_total{operation=\"ListQueues\"} 1\n"));
    EXPECT_THAT(
        text, HasSubstr("redrive_retries_total{operation=\"ListQueues\",cause=\"throttled\"} 1\n"));
    EXPECT_THAT(text,
                HasSubstr("redrive_service_seconds_bucket{operation=\"ListQueues\",le=\"0.0032\"} "
                          "1\n"));
    EXPECT_THAT(text,
                HasSubstr("redrive_service_seconds_bucket{operation=\"ListQueues\",le=\"0.0016\"} "
                          "0\n"));
    EXPECT_THAT(text,
                HasSubstr("redrive_service_seconds_bucket{operation=\"ListQueues\",le=\"+Inf\"} 1\n"
                          "redrive_service_seconds_sum{operation=\"ListQueues\"} 0.003\n"
                          "redrive_service_seconds_count{operation=\"ListQueues\"} 1\n"));
    EXPECT_THAT(text,
                HasSubstr("redrive_connections{endpoint=\"a\\\"b\\\\c\\n\",state=\"busy\"} 2\n"));
    std::size_t families = 0, lines = 0;
    for (std::size_t at = 0; (at = text.find("# TYPE ", at)) != std::string::npos; ++at)
        ++families;
    for (const char c : text)
        lines += c == '\n';
    EXPECT_EQ(families, 23u);
    EXPECT_THAT(text, Not(HasSubstr("nan")));
    EXPECT_GT(lines, 100u);
}

} // namespace
} // namespace redrive
