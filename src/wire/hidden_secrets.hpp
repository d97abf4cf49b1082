#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "redrive/credentials.hpp"
#include "wire/error_reply.hpp"

namespace redrive::wire {

// What no message may repeat. The texts belong to others.
using secret_words = std::vector<std::string_view>;

// `text` with `...` in place of each secret, as it is, percent-encoded or with JSON's `\/`, and of
// each signature. A secret that does not end as it should takes the rest of the text with it.
[[nodiscard]] std::string without_secrets(std::string_view text, const secret_words& secrets);

// In whatever the service chose the words of.
void hide_secrets(service_error& error, const secret_words& secrets);

// What a proxy that was sent `authorization` may repeat: the word behind its scheme, and the user's
// password.
[[nodiscard]] std::string without_login(std::string_view text, const secret_text& authorization);

} // namespace redrive::wire
