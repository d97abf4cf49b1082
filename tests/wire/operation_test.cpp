#include "wire/operation.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace redrive::wire {
namespace {

TEST(Operation, IsNamedAsTheServiceModelNamesIt) {
    EXPECT_EQ(to_string(operation::cancel_message_move_task), "CancelMessageMoveTask");
    EXPECT_EQ(to_string(operation::list_message_move_tasks), "ListMessageMoveTasks");
    EXPECT_EQ(to_string(operation::start_message_move_task), "StartMessageMoveTask");
    EXPECT_EQ(to_string(operation::list_queues), "ListQueues");
    EXPECT_EQ(to_string(operation::get_queue_url), "GetQueueUrl");
    EXPECT_EQ(to_string(operation::get_queue_attributes), "GetQueueAttributes");
    EXPECT_EQ(to_string(operation::list_dead_letter_source_queues), "ListDeadLetterSourceQueues");
}

TEST(Operation, ComesBackFromItsName) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < operation_count; ++i) {
        const auto op = static_cast<operation>(i);
        EXPECT_EQ(operation_from(to_string(op)), op);
        names.insert(to_string(op));
    }
    EXPECT_EQ(names.size(), operation_count);
}

TEST(Operation, IsNotReadFromAnyOtherText) {
    EXPECT_EQ(operation_from(""), std::nullopt);
    EXPECT_EQ(operation_from("cancelmessagemovetask"), std::nullopt);
    EXPECT_EQ(operation_from("CancelMessageMoveTasks"), std::nullopt);
    EXPECT_EQ(operation_from("PurgeQueue"), std::nullopt);
    EXPECT_EQ(operation_from("DeleteMessage"), std::nullopt);
}

TEST(Operation, IsSafeToResendUnlessItStartsATask) {
    for (std::size_t i = 0; i < operation_count; ++i) {
        const auto op = static_cast<operation>(i);
        EXPECT_EQ(is_safe_to_resend(op), op != operation::start_message_move_task) << to_string(op);
    }
}

} // namespace
} // namespace redrive::wire
