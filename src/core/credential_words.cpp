#include "core/credential_words.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace redrive {
namespace {

bool is_key(std::string_view text) noexcept {
    return !text.empty() && is_credential_word(text, longest_key);
}

constexpr std::size_t secret_key_length = 40;

bool is_base64(char c) noexcept {
    return is_alphanumeric(c) || c == '+' || c == '/' || c == '=';
}

} // namespace

bool is_credential_word(std::string_view text, std::size_t longest) noexcept {
    return text.size() <= longest &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string_view part_that_cannot_sign(const credentials& keys) noexcept {
    if (!is_key(keys.access_key_id)) return "access key id";
    if (!is_key(keys.secret_access_key.reveal())) return "secret access key";
    if (!is_credential_word(keys.session_token.reveal(), longest_session_token))
        return "session token";
    return {};
}

bool may_be_a_secret(std::string_view text) noexcept {
    if (text.find("://") != text.npos && text.find('@') != text.npos) return true;
    return text.size() >= secret_key_length && std::all_of(text.begin(), text.end(), is_base64);
}

} // namespace redrive
