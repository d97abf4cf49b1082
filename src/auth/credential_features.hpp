#pragma once

#include <string>
#include <string_view>

#include "auth/profile_chain.hpp"

namespace redrive::auth {

// How credentials were had, as the ids by which the AWS SDKs' User-Agent says so (grammar 2.1,
// component `m/`).
namespace features {
inline constexpr std::string_view given_in_code = "e";
inline constexpr std::string_view environment = "g";
inline constexpr std::string_view environment_web_identity = "h,k";
inline constexpr std::string_view container = "z";
inline constexpr std::string_view imds = "0";
} // namespace features

// Of a profile's.
[[nodiscard]] std::string features_of(const profile_chain& chain);

} // namespace redrive::auth
