#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "redrive/task_handle.hpp"

// A handle keeps its text, and one that names a queue is the same task when it is made again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto handle = redrive::task_handle::from_text(text);
    if (!handle) return 0;
    if (handle->text() != text) std::abort();
    if (!handle->source()) return 0;
    const auto again = redrive::task_handle::make(handle->task_id(), *handle->source());
    const auto parsed = redrive::task_handle::from_text(again.text());
    if (!parsed || !(*parsed == *handle)) std::abort();
    return 0;
}
