#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "redrive/queue_arn.hpp"
#include "redrive/queue_url.hpp"

// An ARN is written as it was read; a queue URL yields only parts that an ARN may hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto arn = redrive::parse_queue_arn(text))
        if (redrive::to_string(*arn) != text) std::abort();
    if (const auto url = redrive::parse_queue_url(text)) {
        if (!redrive::is_account_id(url->account) || !redrive::is_queue_name(url->name))
            std::abort();
        if (url->region && !redrive::is_region_name(*url->region)) std::abort();
    }
    return 0;
}
