// Any bytes as an Authorization header: what is accepted is complete and can be verified.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "wire/sigv4.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace redrive;
    const std::string_view value{reinterpret_cast<const char*>(data), size};
    const auto parts = wire::parse_authorization(value);
    if (!parts) return 0;
    if (parts->access_key_id.empty() || parts->region.empty() || parts->service.empty() ||
        parts->signed_headers.empty())
        std::abort();
    if (parts->date.size() != 8 || parts->signature.size() != 64) std::abort();
    const wire::http_headers headers = {{"Host", "localhost"},
                                        {"Authorization", std::string{value}}};
    const auto expected = wire::expected_signature(
        {"POST", value, &headers, value}, *parts, "20150830T123600Z", secret_text{"secret"});
    if (expected.size() != 64) std::abort();
    return 0;
}
