#include "flow/pipeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace redrive::flow {

static bool operator==(const pipeline::lost_call& a, const pipeline::lost_call& b) {
    return a.call == b.call && a.fate == b.fate && a.was_due == b.was_due;
}

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using lost_call = pipeline::lost_call;
using state = pipeline::slot_state;

constexpr auto never_sent = loss_fate::never_sent;
constexpr auto maybe_applied = loss_fate::maybe_applied;

void stage(pipeline& pipe, pipeline::ticket call, std::string_view bytes) {
    pipe.staging().append(bytes);
    pipe.staged(call);
}

void write_all(pipeline& pipe) {
    while (pipe.has_to_write())
        pipe.wrote(pipe.to_write().size());
}

TEST(Pipeline, HasNothingToWriteAndNothingDueWhenEmpty) {
    pipeline pipe;
    EXPECT_TRUE(pipe.idle());
    EXPECT_FALSE(pipe.has_to_write());
    EXPECT_EQ(pipe.to_write(), "");
    EXPECT_FALSE(pipe.next_due());
    EXPECT_FALSE(pipe.has_room(0));
    EXPECT_TRUE(pipe.has_room(1));
    EXPECT_THAT(pipe.lost(), IsEmpty());
}

TEST(Pipeline, WritesEverythingThatWaitsInOneWrite) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    stage(pipe, 3, "POST 3;");
    EXPECT_EQ(pipe.to_write(), "POST 1;POST 2;POST 3;");
    EXPECT_EQ(pipe.in_flight(), 3u);
    EXPECT_TRUE(pipe.has_room(4));
    EXPECT_FALSE(pipe.has_room(3));
}

TEST(Pipeline, WritesWhatWasStagedDuringAWriteInTheNextOne) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    const auto first = pipe.to_write();
    stage(pipe, 2, std::string(100'000, '2'));
    EXPECT_EQ(first, "POST 1;") << "the stream still holds these bytes";
    pipe.wrote(first.size());
    EXPECT_EQ(pipe.to_write(), std::string(100'000, '2'));
}

TEST(Pipeline, GoesOnWithTheRestAfterAPartialWrite) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    EXPECT_EQ(pipe.to_write(), "POST 1;POST 2;");
    pipe.wrote(9);
    EXPECT_EQ(pipe.to_write(), "ST 2;");
    pipe.wrote(4);
    EXPECT_EQ(pipe.to_write(), ";");
    pipe.wrote(1);
    EXPECT_FALSE(pipe.has_to_write());
    EXPECT_EQ(pipe.in_flight(), 2u);
}

TEST(Pipeline, FollowsASlotThroughItsStates) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    EXPECT_FALSE(pipe.next_due()) << "no byte was handed out";
    (void)pipe.to_write();
    ASSERT_TRUE(pipe.next_due());
    EXPECT_EQ(pipe.next_due()->state, state::writing);
    pipe.wrote(3);
    EXPECT_EQ(pipe.next_due()->state, state::writing);
    (void)pipe.to_write();
    pipe.wrote(4);
    EXPECT_EQ(pipe.next_due()->state, state::written);
    pipe.answered();
    EXPECT_FALSE(pipe.next_due()) << "the second came back from the stream untouched";
    EXPECT_EQ(pipe.in_flight(), 1u);
}

TEST(Pipeline, AnswersInTheOrderOfWriting) {
    pipeline pipe;
    for (pipeline::ticket call = 1; call <= 3; ++call)
        stage(pipe, call, "POST;");
    write_all(pipe);
    for (pipeline::ticket call = 1; call <= 3; ++call) {
        ASSERT_TRUE(pipe.next_due());
        EXPECT_EQ(pipe.next_due()->call, call);
        EXPECT_FALSE(pipe.next_due()->abandoned);
        pipe.answered();
    }
    EXPECT_TRUE(pipe.idle());
    EXPECT_FALSE(pipe.next_due());
}

TEST(Pipeline, KeepsOrderWhenAReplyArrivesBeforeTheWriteFinishes) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    const auto n = pipe.to_write().size();
    ASSERT_TRUE(pipe.next_due());
    EXPECT_EQ(pipe.next_due()->call, 1u);
    pipe.answered();
    EXPECT_EQ(pipe.next_due()->call, 2u);
    pipe.wrote(n);
    EXPECT_EQ(pipe.next_due()->call, 2u);
    EXPECT_EQ(pipe.next_due()->state, state::written);
}

TEST(Pipeline, StillWritesTheRestOfARequestThatWasAnsweredEarly) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    (void)pipe.to_write();
    pipe.wrote(4);
    pipe.answered();
    EXPECT_FALSE(pipe.next_due());
    EXPECT_EQ(pipe.to_write(), " 1;POST 2;");
    pipe.wrote(3);
    EXPECT_FALSE(pipe.next_due()) << "these bytes were the answered one's";
    EXPECT_EQ(pipe.to_write(), "POST 2;");
    EXPECT_EQ(pipe.next_due()->call, 2u);
}

TEST(Pipeline, TakesTheBytesOfAWithdrawnStagedCallOut) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 22;");
    stage(pipe, 3, "POST 3;");
    EXPECT_TRUE(pipe.abandoned(2));
    EXPECT_EQ(pipe.in_flight(), 2u);
    EXPECT_EQ(pipe.to_write(), "POST 1;POST 3;");
    pipe.wrote(8);
    EXPECT_EQ(pipe.next_due()->state, state::written);
    pipe.answered();
    EXPECT_EQ(pipe.next_due()->call, 3u);
    EXPECT_EQ(pipe.next_due()->state, state::writing);
}

TEST(Pipeline, TakesAWithdrawnCallOutOfTheRestOfAPartialWrite) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    stage(pipe, 3, "POST 3;");
    (void)pipe.to_write();
    pipe.wrote(5);
    stage(pipe, 4, "POST 4;");
    EXPECT_TRUE(pipe.abandoned(2));
    EXPECT_EQ(pipe.to_write(), "1;POST 3;");
    pipe.wrote(9);
    EXPECT_EQ(pipe.to_write(), "POST 4;");
}

TEST(Pipeline, TakesACallWithdrawnDuringAWriteOutWhenNoneOfItLeft) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    const auto held = pipe.to_write();
    EXPECT_TRUE(pipe.abandoned(2));
    EXPECT_EQ(held, "POST 1;POST 2;") << "the stream still holds these bytes";
    pipe.wrote(7);
    EXPECT_FALSE(pipe.has_to_write());
    EXPECT_EQ(pipe.in_flight(), 1u);
}

TEST(Pipeline, KeepsThePlaceOfAnAbandonedCallThatWasWritten) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    write_all(pipe);
    EXPECT_TRUE(pipe.abandoned(1));
    EXPECT_EQ(pipe.in_flight(), 2u);
    ASSERT_TRUE(pipe.next_due());
    EXPECT_EQ(pipe.next_due()->call, 1u);
    EXPECT_TRUE(pipe.next_due()->abandoned);
    pipe.answered();
    EXPECT_EQ(pipe.next_due()->call, 2u);
    EXPECT_FALSE(pipe.next_due()->abandoned);
}

TEST(Pipeline, KnowsNoTicketThatIsUnknownAnsweredOrAbandonedBefore) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    write_all(pipe);
    pipe.answered();
    EXPECT_FALSE(pipe.abandoned(1));
    EXPECT_FALSE(pipe.abandoned(7));
    EXPECT_TRUE(pipe.abandoned(2));
    EXPECT_FALSE(pipe.abandoned(2));
}

TEST(Pipeline, TellsANewCallFromAnAbandonedOneWithTheSameTicket) {
    pipeline pipe;
    stage(pipe, 5, "POST old;");
    write_all(pipe);
    EXPECT_TRUE(pipe.abandoned(5));
    stage(pipe, 5, "POST new;");
    EXPECT_TRUE(pipe.abandoned(5));
    EXPECT_FALSE(pipe.has_to_write()) << "the new one was only staged";
    EXPECT_EQ(pipe.in_flight(), 1u);
}

TEST(Pipeline, GivesEachLostCallItsFate) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    stage(pipe, 3, "POST 3;");
    (void)pipe.to_write();
    pipe.wrote(9);
    stage(pipe, 4, "POST 4;");
    EXPECT_THAT(pipe.lost(),
                ElementsAre(lost_call{1, maybe_applied, true},
                            lost_call{2, maybe_applied, false},
                            lost_call{3, never_sent, false},
                            lost_call{4, never_sent, false}));
    EXPECT_TRUE(pipe.idle());
    EXPECT_FALSE(pipe.has_to_write());
}

TEST(Pipeline, TrustsNoByteToHaveStayedWhenAWriteFailed) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    (void)pipe.to_write();
    pipe.wrote(0);
    EXPECT_THAT(pipe.lost(),
                ElementsAre(lost_call{1, maybe_applied, true}, lost_call{2, maybe_applied, false}));
}

TEST(Pipeline, BlamesNobodyWhenAnAbandonedCallHeadedTheLine) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    stage(pipe, 2, "POST 2;");
    write_all(pipe);
    EXPECT_TRUE(pipe.abandoned(1));
    EXPECT_THAT(pipe.lost(), ElementsAre(lost_call{2, maybe_applied, false}));
}

TEST(Pipeline, BlamesNobodyWhenNothingWasHandedOut) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    EXPECT_THAT(pipe.lost(), ElementsAre(lost_call{1, never_sent, false}));
}

TEST(Pipeline, LeavesTheBytesOfAnUnfinishedWriteAliveAcrossALoss) {
    pipeline pipe;
    stage(pipe, 1, "POST 1, longer than a small string;");
    const auto held = pipe.to_write();
    (void)pipe.lost();
    EXPECT_EQ(held, "POST 1, longer than a small string;");
    EXPECT_EQ(pipe.to_write(), "");
}

TEST(Pipeline, ServesANewLineAfterALoss) {
    pipeline pipe;
    stage(pipe, 1, "POST 1;");
    (void)pipe.to_write();
    pipe.wrote(2);
    (void)pipe.lost();
    stage(pipe, 2, "POST 2;");
    EXPECT_EQ(pipe.to_write(), "POST 2;");
    pipe.wrote(7);
    EXPECT_EQ(pipe.next_due()->call, 2u);
    EXPECT_EQ(pipe.next_due()->state, state::written);
}

TEST(Pipeline, KeepsItsBufferAsSmallAsAWindowHoweverManyCallsPass) {
    pipeline pipe;
    const std::string request(1000, 'r');
    std::size_t most = 0;
    for (pipeline::ticket call = 0; call < 10'000; ++call) {
        stage(pipe, call, request);
        // Never drained: each write leaves a rest behind.
        pipe.wrote(pipe.to_write().size() - (call % 2));
        if (pipe.next_due() && pipe.next_due()->state == state::written) pipe.answered();
        most = std::max(most, pipe.staging().capacity());
    }
    EXPECT_LE(most, 8 * request.size());
}

} // namespace
} // namespace redrive::flow
