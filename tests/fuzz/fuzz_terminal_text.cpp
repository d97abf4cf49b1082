#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cli/text_escape.hpp"
#include "cli/utf8.hpp"

// Whatever comes from the network is one line of valid UTF-8 without control characters once it is
// escaped, and escaping it again changes nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto shown = redrive::cli::escaped(text);
    if (!redrive::cli::is_utf8(shown) || redrive::cli::escaped(shown) != shown) std::abort();
    for (const char c : shown)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) std::abort();
    const auto json = redrive::cli::terminal_safe_json(std::string{text});
    if (redrive::cli::escaped(json) != json) std::abort();
    return 0;
}
