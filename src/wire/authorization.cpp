#include "wire/sigv4.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace redrive::wire {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256 ";
constexpr std::size_t longest_value = 8 * 1024;
constexpr std::size_t longest_access_key_id = 128;
constexpr std::size_t longest_scope_part = 64;
constexpr std::size_t most_signed_headers = 100;
constexpr std::size_t signature_digits = 64;

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
constexpr bool is_lower_hex(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'f');
}

// A character of a field name (RFC 9110 section 5.6.2) that is not a capital letter.
constexpr bool is_lower_token(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'z') ||
           std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}
constexpr bool is_printable(char c) noexcept {
    return c > ' ' && c < '\x7f';
}

template <class Predicate>
bool all(std::string_view text, Predicate predicate) {
    return std::all_of(text.begin(), text.end(), predicate);
}

// Cuts `text` at the last slash and returns what followed it.
std::optional<std::string_view> cut_last_part(std::string_view& text) noexcept {
    const auto slash = text.rfind('/');
    if (slash == text.npos) return std::nullopt;
    const auto part = text.substr(slash + 1);
    text = text.substr(0, slash);
    return part;
}

bool is_scope_part(std::string_view text) {
    return !text.empty() && text.size() <= longest_scope_part && all(text, is_printable);
}

// From the end, since an access key id may contain slashes.
bool read_credential(std::string_view text, authorization_parts& out) {
    const auto end = cut_last_part(text);
    const auto service = cut_last_part(text);
    const auto region = cut_last_part(text);
    const auto date = cut_last_part(text);
    if (!date || end != "aws4_request" || date->size() != 8 || !all(*date, is_digit)) return false;
    if (!is_scope_part(*service) || !is_scope_part(*region)) return false;
    if (text.empty() || text.size() > longest_access_key_id || !all(text, is_printable))
        return false;
    out.access_key_id = text;
    out.date = *date;
    out.region = *region;
    out.service = *service;
    return true;
}

// Names in strictly ascending order: sorted, and none twice.
bool read_signed_headers(std::string_view text, authorization_parts& out) {
    while (true) {
        const auto end = std::min(text.find(';'), text.size());
        const auto name = text.substr(0, end);
        if (name.empty() || !all(name, is_lower_token)) return false;
        if (!out.signed_headers.empty() && name <= out.signed_headers.back()) return false;
        if (out.signed_headers.size() == most_signed_headers) return false;
        out.signed_headers.emplace_back(name);
        if (end == text.size()) return true;
        text.remove_prefix(end + 1);
    }
}

bool read_signature(std::string_view text, authorization_parts& out) {
    out.signature = text;
    return text.size() == signature_digits && all(text, is_lower_hex);
}

using read_part = bool (*)(std::string_view, authorization_parts&);
constexpr std::array<std::pair<std::string_view, read_part>, 3> known_parts = {{
    {"Credential=", read_credential},
    {"SignedHeaders=", read_signed_headers},
    {"Signature=", read_signature},
}};

std::string_view without_spaces_around(std::string_view text) noexcept {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

} // namespace

std::optional<authorization_parts> parse_authorization(std::string_view value) {
    if (value.size() > longest_value || !value.starts_with(algorithm)) return std::nullopt;
    value.remove_prefix(algorithm.size());
    authorization_parts out;
    std::array<bool, known_parts.size()> seen{};
    while (true) {
        const auto end = std::min(value.find(','), value.size());
        const auto part = without_spaces_around(value.substr(0, end));
        const auto known = std::find_if(known_parts.begin(), known_parts.end(), [&](const auto& k) {
            return part.starts_with(k.first);
        });
        if (known == known_parts.end()) return std::nullopt;
        const auto index = static_cast<std::size_t>(known - known_parts.begin());
        if (std::exchange(seen[index], true)) return std::nullopt;
        if (!known->second(part.substr(known->first.size()), out)) return std::nullopt;
        if (end == value.size()) break;
        value.remove_prefix(end + 1);
    }
    if (!std::all_of(seen.begin(), seen.end(), [](bool was) { return was; })) return std::nullopt;
    return out;
}

} // namespace redrive::wire
