#include "client/call_memory.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <vector>

namespace redrive::detail {
namespace {

TEST(CallMemory, GivesBackTheBlocksOfEachSize) {
    call_memory memory;
    auto* const small = memory.allocate(100);
    auto* const large = memory.allocate(2000);
    memory.deallocate(small, 100);
    memory.deallocate(large, 2000);
    EXPECT_EQ(memory.allocate(2000), large);
    EXPECT_EQ(memory.allocate(100), small);
    auto* const another = memory.allocate(100);
    EXPECT_NE(another, small);
    memory.deallocate(small, 100);
    memory.deallocate(large, 2000);
    memory.deallocate(another, 100);
}

TEST(CallMemory, KeepsOnlySoManyBlocks) {
    call_memory memory;
    std::vector<void*> blocks(1000);
    for (auto& each : blocks)
        each = memory.allocate(64);
    EXPECT_EQ(std::set<void*>(blocks.begin(), blocks.end()).size(), blocks.size());
    for (auto* const each : blocks)
        memory.deallocate(each, 64); // the leak checker sees to the others
}

TEST(CallMemory, KeepsTheRoomOfTexts) {
    call_memory memory;
    memory.give_text(memory.take_text() + std::string(500, 'x'));
    const auto text = memory.take_text();
    EXPECT_EQ(text, "");
    EXPECT_GE(text.capacity(), 500u);
    memory.give_text(std::string(100'000, 'x'));
    EXPECT_LT(memory.take_text().capacity(), 100u);
}

TEST(CallMemory, OutlivesItsOwnerAsLongAsAnythingIsInIt) {
    auto memory = std::make_shared<call_memory>();
    auto object = std::allocate_shared<int>(call_allocator<int>{memory}, 7);
    const std::weak_ptr<int> weak = object;
    memory.reset();
    EXPECT_EQ(*object, 7);
    object.reset();
    EXPECT_TRUE(weak.expired());
}

} // namespace
} // namespace redrive::detail
