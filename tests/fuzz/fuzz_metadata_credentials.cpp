#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "redrive/diagnostics.hpp"
#include "wire/metadata_credentials.hpp"

// What is read can sign and expires; else there are bounded texts that say why.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace redrive;
    const std::string_view json{reinterpret_cast<const char*>(data), size};
    const auto read = wire::read_metadata_credentials(json);
    if (const auto* found = std::get_if<wire::temporary_credentials>(&read)) {
        if (!wire::unusable_part(found->keys).empty() || !found->expiry) std::abort();
        return 0;
    }
    const auto& error = std::get<wire::metadata_error>(read);
    constexpr auto longest = diagnostics::longest_message;
    if (error.code.size() > longest || error.message.size() > longest) std::abort();
    if (error.code.empty() && error.message.empty()) std::abort();
    return 0;
}
