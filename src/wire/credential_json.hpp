#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "redrive/credentials.hpp"
#include "wire/instant.hpp"
#include "wire/json_reader.hpp"

namespace redrive::wire {

// What the documents of the credential sources have in common: names compare without case, the last
// of several members of one name counts, and null counts as absent.

inline constexpr std::size_t longest_credential_document = std::size_t{64} * 1024;
inline constexpr std::size_t longest_token = 8192; // of what is no session token

// No value unless the text is one JSON object of at most longest_credential_document.
[[nodiscard]] json_value parse_credential_document(json_reader& reader, std::string_view json);

[[nodiscard]] bool same_member_name(std::string_view a, std::string_view b) noexcept;
[[nodiscard]] json_value member(json_value object, std::string_view name) noexcept;

// Empty when the member is absent, no text, or longer than `longest`.
[[nodiscard]] std::string_view text_in(json_value object,
                                       std::string_view name,
                                       std::size_t longest = longest_token) noexcept;
// Empty also when it could not stand in a header.
[[nodiscard]] std::string_view word_in(json_value object,
                                       std::string_view name,
                                       std::size_t longest = longest_token) noexcept;
// RFC 3339, whether or not it writes UTC out.
[[nodiscard]] std::optional<wall_time> time_in(json_value object, std::string_view name);
// A number of seconds from one to a year, so that it can be added to any time.
[[nodiscard]] std::optional<std::int64_t> lifetime_in(json_value object, std::string_view name);

// AccessKeyId, SecretAccessKey, the token of that name, and AccountId, unless it is none.
// Of any length: whether they can be used is asked of them afterwards.
[[nodiscard]] credentials keys_in(json_value object, std::string_view token_name = "SessionToken");

} // namespace redrive::wire
