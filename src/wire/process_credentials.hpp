#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "wire/temporary_credentials.hpp"

namespace redrive::wire {

// What a credential_process writes. SessionToken, Expiration and AccountId may be missing. The text
// says why the output cannot be used, without a word of it.
[[nodiscard]] std::variant<temporary_credentials, std::string> read_process_credentials(
    std::string_view json);

} // namespace redrive::wire
