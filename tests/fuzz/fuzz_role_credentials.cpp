#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "redrive/queue_arn.hpp"
#include "wire/sts.hpp"

// What is read can sign, expires, and names an account or none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view xml{reinterpret_cast<const char*>(data), size};
    const auto role = redrive::wire::read_role_credentials(xml);
    if (!role) return 0;
    const auto& account = role->keys.account_id;
    if (!redrive::wire::unusable_part(role->keys).empty() || !role->expiry) std::abort();
    if (!account.empty() && !redrive::is_account_id(account)) std::abort();
    return 0;
}
