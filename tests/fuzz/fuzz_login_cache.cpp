#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "wire/credential_json.hpp"
#include "wire/login.hpp"

// A session that is written into its file is read back from there, and written again changes
// nothing. Any text may stand where its key belongs.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace redrive::wire;
    const std::string_view json{reinterpret_cast<const char*>(data), size};
    const auto read = read_login_cache(json);
    const auto* found = std::get_if<login_cache>(&read);
    if (found == nullptr) return 0;
    if (!unusable_part(found->current.keys).empty() || !found->current.expiry) std::abort();
    static_cast<void>(dpop_proof(found->dpop_key, "POST", "https://h/v1/token", {"id", {}}));

    auto fresh = *found;
    fresh.current.keys.session_token = redrive::secret_text{"fresh"};
    fresh.refresh_token = redrive::secret_text{"fresh-too"};
    const auto updated = updated_login_cache(json, fresh);
    if (!updated) std::abort();
    if (updated->size() > longest_credential_document) return 0;
    const auto again = read_login_cache(*updated);
    const auto* back = std::get_if<login_cache>(&again);
    if (back == nullptr || back->refresh_token != fresh.refresh_token ||
        back->current.keys.session_token != fresh.current.keys.session_token ||
        back->dpop_key != fresh.dpop_key)
        std::abort();
    if (updated_login_cache(*updated, *back) != updated) std::abort();
    return 0;
}
