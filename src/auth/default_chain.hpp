#pragma once

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

#include "auth/loaded_credentials.hpp"
#include "auth/source_context.hpp"

namespace redrive::auth {

// Where every AWS tool looks for credentials: the environment, the selected profile, web identity
// variables, the container, the machine. With `profile`: that one only. The first that is
// configured decides, also when it fails. An error lists who was asked and why each did not answer.
[[nodiscard]] boost::asio::awaitable<result<loaded_credentials>> find_credentials(
    const source_context& context, std::optional<std::string> profile);

} // namespace redrive::auth
