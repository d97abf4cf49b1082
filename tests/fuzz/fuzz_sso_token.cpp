#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "wire/credential_json.hpp"
#include "wire/sso.hpp"

// A token that is written into its file is read back from there, and written again changes nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace redrive::wire;
    const std::string_view json{reinterpret_cast<const char*>(data), size};
    const auto read = read_sso_token(json);
    const auto* found = std::get_if<sso_token>(&read);
    if (found == nullptr) return 0;
    if (found->access_token.empty() || !found->expires_at) std::abort();

    auto fresh = *found;
    fresh.access_token = redrive::secret_text{"fresh"};
    const auto updated = updated_sso_token(json, fresh);
    if (!updated) std::abort();
    if (updated->size() > longest_credential_document) return 0;
    const auto again = read_sso_token(*updated);
    const auto* back = std::get_if<sso_token>(&again);
    if (back == nullptr || back->access_token != fresh.access_token ||
        back->refresh_token != fresh.refresh_token || back->region != fresh.region)
        std::abort();
    if (updated_sso_token(*updated, *back) != updated) std::abort();
    return 0;
}
