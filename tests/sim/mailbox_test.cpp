#include "sim/mailbox.hpp"

#include <gtest/gtest.h>

namespace redrive::sim {
namespace {

using namespace std::chrono_literals;

constexpr wall_time start{1'700'000'000'000ms};

queue_message message(std::string id, std::string group = {}, std::string deduplication = {}) {
    queue_message made;
    made.id = std::move(id);
    made.group = std::move(group);
    made.deduplication_id = std::move(deduplication);
    made.sent = made.visible_at = start;
    return made;
}

std::string ids(const mailbox::received& received) {
    std::string text;
    for (const auto* one : received.messages)
        text += one->id;
    return text;
}

TEST(Mailbox, HidesWhatWasReceivedUntilItsVisibilityTimeout) {
    mailbox box;
    box.push(message("a"));
    EXPECT_EQ(ids(box.receive({.visibility = 30s}, start)), "a");
    EXPECT_EQ(ids(box.receive({.visibility = 30s}, start + 29s)), "");
    EXPECT_EQ(ids(box.receive({.visibility = 30s}, start + 30s)), "a");
}

TEST(Mailbox, GivesOutWhatWasReceivedTooOftenAsDead) {
    mailbox box;
    box.push(message("a"));
    const mailbox::receive_terms terms{.at_most = 1, .visibility = 0ms, .max_receive_count = 2};
    EXPECT_EQ(ids(box.receive(terms, start)), "a");
    EXPECT_EQ(ids(box.receive(terms, start)), "a");
    const auto third = box.receive(terms, start);
    EXPECT_EQ(ids(third), "");
    ASSERT_EQ(third.dead.size(), 1u);
    EXPECT_EQ(third.dead[0].id, "a");
    EXPECT_EQ(third.dead[0].receive_count, 2);
    EXPECT_EQ(box.count(start).visible, 0);
}

TEST(Mailbox, HoldsAGroupBackBehindItsMessageInFlight) {
    mailbox box;
    box.push(message("a", "1"));
    box.push(message("b", "1"));
    box.push(message("c", "2"));
    EXPECT_EQ(ids(box.receive({.at_most = 1, .visibility = 30s}, start)), "a");
    EXPECT_EQ(ids(box.receive({.at_most = 10, .visibility = 30s}, start)), "c");
    box.remove("a");
    EXPECT_EQ(ids(box.receive({.at_most = 10, .visibility = 30s}, start)), "b");
}

TEST(Mailbox, KnowsADuplicateForTheInterval) {
    mailbox box;
    const auto sequence = box.push(message("a", "1", "x")).sequence;
    ASSERT_NE(box.duplicate_of("x", 5min, start + 299s), nullptr);
    EXPECT_EQ(box.duplicate_of("x", 5min, start + 299s)->sequence, sequence);
    EXPECT_EQ(box.duplicate_of("y", 5min, start), nullptr);
    EXPECT_EQ(box.duplicate_of("x", 5min, start + 300s), nullptr);
}

TEST(Mailbox, CountsVisibleInFlightAndDelayedApart) {
    mailbox box;
    auto late = message("late");
    late.visible_at = start + 10s;
    box.push(late);
    box.push(message("a"));
    box.push(message("b"));
    (void)box.receive({.visibility = 30s}, start);
    const auto counts = box.count(start);
    EXPECT_EQ(counts.visible, 1);
    EXPECT_EQ(counts.in_flight, 1);
    EXPECT_EQ(counts.delayed, 1);
}

TEST(Mailbox, TakesTheOldestVisibleMessage) {
    mailbox box;
    box.push(message("a"));
    box.push(message("b"));
    (void)box.receive({.visibility = 30s}, start);
    EXPECT_EQ(box.take_oldest(start)->id, "b");
    EXPECT_FALSE(box.take_oldest(start));
    EXPECT_EQ(box.take_oldest(start + 30s)->id, "a");
}

} // namespace
} // namespace redrive::sim
