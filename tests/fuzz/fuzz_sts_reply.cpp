#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "redrive/diagnostics.hpp"
#include "wire/sts.hpp"

// An identity is whole or absent; an error always has a code, and bounded texts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view xml{reinterpret_cast<const char*>(data), size};
    if (const auto identity = redrive::wire::read_caller_identity(xml)) {
        if (identity->account.empty() || identity->arn.empty() || identity->user_id.empty())
            std::abort();
    }
    for (const unsigned status : {400U, 503U}) {
        const auto error = redrive::wire::read_sts_error(status, {}, {}, xml);
        constexpr auto longest = redrive::diagnostics::longest_message;
        if (error.code.empty() || error.code.size() > longest || error.message.size() > longest)
            std::abort();
    }
    return 0;
}
