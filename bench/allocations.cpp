// How often a cancel allocates in steady state, awaited and in a stream of them.
//   bench_allocations --url URL --ca FILE --count N --depth N      against bench_null_server
// Counts calls of the replaced operator new. What C code takes from malloc by itself, OpenSSL above
// all, does not go through it and is not counted.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>

#include "support/awaited_cancels.hpp"
#include "support/bulk_cancels.hpp"

namespace {

using namespace redrive::bench;

// The resolver has threads of its own.
std::atomic<std::uint64_t> allocations = 0;

void* allocate(std::size_t size, std::size_t alignment) {
    ++allocations;
    const auto rounded = (size + alignment - 1) / alignment * alignment;
    if (auto* memory = std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded))
        return memory;
    throw std::bad_alloc{};
}

// What this many cancels in one go allocate.
std::uint64_t allocations_of(cancel_bench& bench, cancel_loop cancel, std::size_t cancels) {
    const std::uint64_t before = allocations;
    cancel(bench, bench.answers.all(), cancels);
    return allocations - before;
}

void count(const char* kind, const cancel_run& what, cancel_loop cancel) {
    cancel_bench bench{what};
    allocations_of(bench, cancel, what.count); // every buffer has grown to what is needed
    // Twice as many cost the beginning once, too: the difference is without it.
    const auto once = allocations_of(bench, cancel, what.count);
    const auto twice = allocations_of(bench, cancel, 2 * what.count);
    if (bench.answers.failed > 0) throw std::runtime_error{bench.answers.first_failure};
    const auto difference = static_cast<double>(twice) - static_cast<double>(once);
    std::printf("{\"bench\":\"allocations\",\"kind\":\"%s\",\"depth\":%zu,\"cancels\":%zu,"
                "\"allocations\":%.4f,\"beginning\":%.0f}\n",
                kind,
                what.depth,
                what.count,
                difference / static_cast<double>(what.count),
                static_cast<double>(once) - difference);
}

} // namespace

void* operator new(std::size_t size) {
    return allocate(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    std::free(memory);
}

int main(int argc, char** argv) try {
    CLI::App app{"How often a cancel allocates"};
    cancel_run what;
    what.add_to(app);
    CLI11_PARSE(app, argc, argv);
    count("awaited", what, await_cancels);
    count("bulk", what, stream_cancels);
} catch (const std::exception& why) {
    std::cerr << "bench_allocations: " << why.what() << '\n';
    return 1;
}
