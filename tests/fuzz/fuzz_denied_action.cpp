#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/ascii.hpp"
#include "flow/denied_action.hpp"

// Input: the message of a refusal. What is read of it goes into hints.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view message{reinterpret_cast<const char*>(data), size};
    const auto read = redrive::flow::read_denied_action(message);
    if (read.name.empty() && read.is_explicit) std::abort();
    if (read.name.empty()) return 0;
    if (read.name.size() > 97 || !redrive::is_printable(read.name)) std::abort();
    const auto colon = read.name.find(':');
    if (colon == 0 || colon == read.name.npos || colon + 1 == read.name.size()) std::abort();
    if (redrive::lower(message).find(redrive::lower(read.name)) == std::string::npos) std::abort();
    return 0;
}
