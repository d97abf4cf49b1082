#pragma once

#include <malloc.h>

#include <cstddef>

#if defined(__has_feature)
#define REDRIVE_HAS_FEATURE(name) __has_feature(name)
#else
#define REDRIVE_HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) ||                               \
    REDRIVE_HAS_FEATURE(address_sanitizer) || REDRIVE_HAS_FEATURE(thread_sanitizer)
#define REDRIVE_SANITIZER_ALLOCATES
// Declared here, since not every GCC comes with the header.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace redrive {

// Bytes of heap in use.
inline std::size_t live_bytes() {
#ifdef REDRIVE_SANITIZER_ALLOCATES
    return __sanitizer_get_current_allocated_bytes();
#else
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
#endif
}

} // namespace redrive
