#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "redrive/endpoint.hpp"

// An endpoint that was understood is understood again from its own URL, unchanged.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto parsed = redrive::parse_endpoint({reinterpret_cast<const char*>(data), size});
    if (!parsed) return 0;
    if (redrive::parse_endpoint(parsed->url()) != parsed) std::abort();
    for (const char c : parsed->authority())
        if (c <= 0x20 || c >= 0x7f) std::abort();
    return 0;
}
