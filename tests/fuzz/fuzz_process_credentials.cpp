#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "core/credential_words.hpp"
#include "wire/process_credentials.hpp"

// What is read can sign; else the reason is one of ours.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace redrive;
    const std::string_view json{reinterpret_cast<const char*>(data), size};
    const auto read = wire::read_process_credentials(json);
    if (const auto* found = std::get_if<wire::temporary_credentials>(&read)) {
        if (!part_that_cannot_sign(found->keys).empty()) std::abort();
        return 0;
    }
    const auto& why = std::get<std::string>(read);
    if (!why.starts_with("it")) std::abort();
    return 0;
}
