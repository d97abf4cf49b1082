#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "redrive/target.hpp"

// A target that can be used says where to send it and what it is; one that cannot says why. Its
// queue's ARN means the same queue.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    for (const bool handles : {false, true}) {
        const auto what =
            redrive::parse_target(text, {.region = "eu-west-1", .everything_is_a_handle = handles});
        if (what.input.text.size() > 4096) std::abort();
        if (!what.invalid.empty()) continue;
        if (!what.source && !what.handle) std::abort();
        if (!redrive::is_region_name(what.region)) std::abort();
        if (redrive::identity_of(what).empty()) std::abort();
        if (!what.source || what.source->account.empty()) continue;
        const auto again = redrive::parse_target(redrive::to_string(*what.source), {});
        if (!again.invalid.empty() || again.source != what.source) std::abort();
    }
    return 0;
}
