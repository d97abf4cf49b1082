#pragma once

#include <string_view>

#include "auth/loaded_credentials.hpp"

namespace redrive::auth {

// The credentials of a container's or machine's metadata service, or why there are none. `whom` is
// what messages call the service.
[[nodiscard]] result<loaded_credentials> read_metadata_reply(std::string_view body,
                                                             std::string_view whom);

} // namespace redrive::auth
