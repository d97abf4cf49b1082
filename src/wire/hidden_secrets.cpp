#include "wire/hidden_secrets.hpp"

#include <algorithm>
#include <array>

#include "core/ascii.hpp"
#include "core/base64.hpp"
#include "wire/percent_encoding.hpp"

namespace redrive::wire {
namespace {

constexpr std::string_view mark = "...";
// Texts are bounded: the end of a secret may not be there.
constexpr std::size_t telling = 16;

std::string as_it_is(std::string_view text) {
    return std::string{text};
}

std::string percent_encoded(std::string_view text) {
    std::string out;
    append_percent_encoded(out, text);
    return out;
}

std::string percent_encoded_path(std::string_view text) {
    std::string out;
    append_percent_encoded(out, text, "/");
    return out;
}

// %2F as %2f, which others write.
std::string with_small_digits(std::string text) {
    for (auto at = text.find('%'); at != text.npos; at = text.find('%', at + 3)) {
        const auto digits = lower(std::string_view{text}.substr(at, 3));
        text.replace(at, digits.size(), digits);
    }
    return text;
}

std::string with_escaped_slashes(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '/') out.push_back('\\');
        out.push_back(c);
    }
    return out;
}

std::string percent_encoded_small(std::string_view text) {
    return with_small_digits(percent_encoded(text));
}

std::string percent_encoded_path_small(std::string_view text) {
    return with_small_digits(percent_encoded_path(text));
}

constexpr std::array forms{as_it_is,
                           percent_encoded,
                           percent_encoded_path,
                           percent_encoded_small,
                           percent_encoded_path_small,
                           with_escaped_slashes};

void hide(std::string& text, std::string_view secret, std::string (*form)(std::string_view)) {
    const auto beginning = form(secret.substr(0, telling));
    for (auto at = text.find(beginning); at != text.npos;
         at = text.find(beginning, at + mark.size())) {
        const auto whole = form(secret);
        const bool is_whole = std::string_view{text}.substr(at).starts_with(whole);
        text.replace(at, is_whole ? whole.size() : text.npos, mark);
    }
}

secret_words no_shorter(secret_words words, std::size_t least) {
    std::erase_if(words, [least](std::string_view each) { return each.size() < least; });
    return words;
}

bool is_hexadecimal(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

void hide_signatures(std::string& text) {
    constexpr std::array<std::string_view, 3> before{"Signature=", "Signature%3D", "Signature%3d"};
    for (const auto name : before) {
        for (auto at = text.find(name); at != text.npos; at = text.find(name, at)) {
            at += name.size();
            const auto begin = text.begin() + static_cast<std::ptrdiff_t>(at);
            text.replace(begin, std::find_if_not(begin, text.end(), is_hexadecimal), mark);
        }
    }
}

} // namespace

std::string without_secrets(std::string_view text, const secret_words& secrets) {
    std::string out{text};
    for (const auto secret : secrets)
        for (const auto form : forms)
            if (!secret.empty()) hide(out, secret, form);
    hide_signatures(out);
    return out;
}

std::string without_login(std::string_view text, const secret_text& authorization) {
    auto login = authorization.reveal();
    login.remove_prefix(std::min(login.size(), login.find(' ') + 1));
    const secret_text user_and_password{base64_decode(login).value_or("")};
    auto password = user_and_password.reveal();
    password.remove_prefix(std::min(password.size(), password.find(':') + 1));
    return without_secrets(text, {login, password});
}

void hide_secrets(service_error& error, const secret_words& secrets) {
    // Tokens of tests are words such as `token`, which codes have in them.
    constexpr std::size_t shortest_in_message = 6; // an MFA code
    error.message = without_secrets(error.message, no_shorter(secrets, shortest_in_message));
    for (auto* text : {&error.code, &error.type_code, &error.request_id})
        *text = without_secrets(*text, no_shorter(secrets, telling));
}

} // namespace redrive::wire
