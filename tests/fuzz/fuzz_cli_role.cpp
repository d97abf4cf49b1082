#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/credential_words.hpp"
#include "wire/cli_cache.hpp"

// Whatever the file has: what comes out of it can sign a request.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = redrive::wire::read_cli_role({reinterpret_cast<const char*>(data), size});
    if (read && !redrive::part_that_cannot_sign(read->keys).empty()) std::abort();
    return 0;
}
