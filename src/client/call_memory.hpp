#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace redrive::detail {

// The memory of calls that ended, for those that begin: a client that is busy allocates nothing.
// Bounded, so that one that was busy once does not hold it all. Not thread-safe.
class call_memory {
  public:
    call_memory() = default;
    ~call_memory();
    call_memory(const call_memory&) = delete;
    call_memory& operator=(const call_memory&) = delete;

    [[nodiscard]] void* allocate(std::size_t bytes);
    void deallocate(void* block, std::size_t bytes) noexcept;

    // Empty, and perhaps with room already.
    [[nodiscard]] std::string take_text();
    void give_text(std::string&& text) noexcept;

  private:
    struct shelf {
        std::size_t bytes;
        std::vector<void*> blocks;
    };

    [[nodiscard]] shelf* shelf_of(std::size_t bytes) noexcept;

    std::vector<shelf> shelves_; // one for each type of call
    std::vector<std::string> texts_;
};

// For std::allocate_shared: the memory stays as long as anything in it.
template <class T>
class call_allocator {
  public:
    using value_type = T;

    explicit call_allocator(std::shared_ptr<call_memory> from) noexcept : from_{std::move(from)} {}
    template <class Other> // NOLINTNEXTLINE(google-explicit-constructor): allocators convert
    call_allocator(const call_allocator<Other>& other) noexcept : from_{other.from()} {}

    [[nodiscard]] T* allocate(std::size_t n) {
        static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
        return static_cast<T*>(from_->allocate(n * sizeof(T)));
    }
    void deallocate(T* block, std::size_t n) noexcept { from_->deallocate(block, n * sizeof(T)); }

    [[nodiscard]] const std::shared_ptr<call_memory>& from() const noexcept { return from_; }
    friend bool operator==(const call_allocator& a, const call_allocator& b) noexcept {
        return a.from_ == b.from_;
    }

  private:
    std::shared_ptr<call_memory> from_;
};

} // namespace redrive::detail
