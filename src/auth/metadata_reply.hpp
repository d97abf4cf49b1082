#pragma once

#include <string_view>

#include "auth/loaded_credentials.hpp"
#include "net/fetch.hpp"

namespace redrive::auth {

// The credentials of a container's or machine's metadata service, or why there are none. `whom` is
// what messages call the service, `told` the secret in the request that its own may repeat.
[[nodiscard]] result<loaded_credentials> read_metadata_reply(const net::fetched& got,
                                                             std::string_view whom,
                                                             const secret_text& told);

} // namespace redrive::auth
