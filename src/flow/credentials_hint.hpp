#pragma once

#include <string>
#include <string_view>

#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"

namespace redrive::flow {

// Whether credentials could not be had, or are refused; settings that cannot be used are not.
[[nodiscard]] bool is_about_credentials(error_code ec) noexcept;

// What a person should do next about such credentials. `profile` is the one that they are of;
// empty: what AWS tools find by themselves.
[[nodiscard]] std::string credentials_hint(error_code ec,
                                           const diagnostics& why,
                                           std::string_view profile = {});

} // namespace redrive::flow
