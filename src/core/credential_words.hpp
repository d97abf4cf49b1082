#pragma once

#include <cstddef>
#include <string_view>

#include "redrive/credentials.hpp"

namespace redrive {

inline constexpr std::size_t longest_key = 256; // of an access key's id, and of its secret
inline constexpr std::size_t longest_session_token = 4096;

// What may stand in a header as one word: no blanks, no control characters, ASCII. A secret is held
// to the same, although it is not sent.
[[nodiscard]] bool is_credential_word(std::string_view text, std::size_t longest) noexcept;

// The part of `keys` with which no request can be signed, as messages call it; empty: none.
[[nodiscard]] std::string_view part_that_cannot_sign(const credentials& keys) noexcept;

// Whether a text that belongs somewhere else looks like a secret access key, a session token, or a
// URL with a password: messages about a wrong value do not show such.
[[nodiscard]] bool may_be_a_secret(std::string_view text) noexcept;

} // namespace redrive
