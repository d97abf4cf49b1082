#include "client/call_memory.hpp"

#include <new>
#include <utility>

namespace redrive::detail {
namespace {

constexpr std::size_t most_blocks = 256;
constexpr std::size_t most_texts = 2 * most_blocks;
constexpr std::size_t shortest_text = 16; // what a string holds in itself is not worth a place
constexpr std::size_t longest_text = 8 * 1024;

} // namespace

call_memory::~call_memory() {
    for (const auto& each : shelves_)
        for (auto* const block : each.blocks)
            ::operator delete(block);
}

call_memory::shelf* call_memory::shelf_of(std::size_t bytes) noexcept {
    for (auto& each : shelves_)
        if (each.bytes == bytes) return &each;
    return nullptr;
}

void* call_memory::allocate(std::size_t bytes) {
    auto* const from = shelf_of(bytes);
    if (!from) {
        // Room for all, so that giving back never fails.
        shelves_.push_back({bytes, {}});
        shelves_.back().blocks.reserve(most_blocks);
        return ::operator new(bytes);
    }
    if (from->blocks.empty()) return ::operator new(bytes);
    auto* const block = from->blocks.back();
    from->blocks.pop_back();
    return block;
}

void call_memory::deallocate(void* block, std::size_t bytes) noexcept {
    auto* const to = shelf_of(bytes);
    if (!to || to->blocks.size() == most_blocks) return ::operator delete(block);
    to->blocks.push_back(block);
}

std::string call_memory::take_text() {
    if (texts_.empty()) {
        texts_.reserve(most_texts);
        return {};
    }
    auto text = std::move(texts_.back());
    texts_.pop_back();
    return text;
}

void call_memory::give_text(std::string&& text) noexcept {
    const bool is_worth_it = text.capacity() >= shortest_text && text.capacity() <= longest_text;
    if (!is_worth_it || texts_.size() == texts_.capacity()) return;
    text.clear();
    texts_.push_back(std::move(text));
}

} // namespace redrive::detail
