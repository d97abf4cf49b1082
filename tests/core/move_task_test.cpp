#include "redrive/move_task.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>

namespace redrive {
namespace {

using kind = task_status::kind;

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto most = std::numeric_limits<std::int64_t>::max();

move_task task_with(std::optional<std::int64_t> to_move,
                    std::int64_t moved,
                    std::optional<std::int32_t> max_rate = std::nullopt) {
    move_task task;
    task.to_move = to_move;
    task.moved = moved;
    task.max_rate = max_rate;
    return task;
}

TEST(TaskStatus, KnowsTheFiveStatusesOfTheService) {
    struct {
        const char* text;
        kind value;
        bool is_terminal, is_active;
    } const cases[] = {
        {"RUNNING", kind::running, false, true},
        {"CANCELLING", kind::cancelling, false, true},
        {"CANCELLED", kind::cancelled, true, false},
        {"COMPLETED", kind::completed, true, false},
        {"FAILED", kind::failed, true, false},
    };
    for (const auto& expected : cases) {
        const task_status status{expected.text};
        EXPECT_EQ(status.value(), expected.value) << expected.text;
        EXPECT_EQ(status.is_terminal(), expected.is_terminal) << expected.text;
        EXPECT_EQ(status.is_active(), expected.is_active) << expected.text;
        EXPECT_EQ(status.text(), expected.text);
    }
}

TEST(TaskStatus, KeepsTheTextOfAnUnknownOneAndClaimsNothingAboutIt) {
    for (const char* text : {"", "PAUSED", "running", "RUNNING ", "CANCELED"}) {
        const task_status status{text};
        EXPECT_EQ(status.value(), kind::other) << text;
        EXPECT_EQ(status.text(), text);
        EXPECT_FALSE(status.is_terminal()) << text;
        EXPECT_FALSE(status.is_active()) << text;
    }
    EXPECT_FALSE(task_status{"PAUSED"} == task_status{"DRAINING"});
}

TEST(MoveTask, HasARemainderOnlyWhenTheTotalIsKnown) {
    EXPECT_EQ(task_with(std::nullopt, 5).remaining(), std::nullopt);
    EXPECT_EQ(task_with(100, 40).remaining(), 60);
    EXPECT_EQ(task_with(0, 0).remaining(), 0);
}

TEST(MoveTask, NeverHasANegativeRemainder) {
    EXPECT_EQ(task_with(100, 140).remaining(), 0);
    EXPECT_EQ(task_with(-1, 0).remaining(), 0);
    EXPECT_EQ(task_with(100, -5).remaining(), 100);
    EXPECT_EQ(task_with(least, most).remaining(), 0);
    EXPECT_EQ(task_with(most, least).remaining(), most);
}

TEST(MoveTask, DoesTheMoreDamageTheMoreItMayMoveAndTheFaster) {
    EXPECT_DOUBLE_EQ(task_with(100, 40, 10).damage(), 600);
    EXPECT_DOUBLE_EQ(task_with(100, 40).damage(), 60.0 * fastest_rate);
    EXPECT_DOUBLE_EQ(task_with(40, 40, 10).damage(), 0);
    EXPECT_GT(task_with(std::nullopt, 0, 1).damage(), task_with(most, 0).damage());
}

} // namespace
} // namespace redrive
