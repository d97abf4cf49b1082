#include "wire/percent_encoding.hpp"

#include <charconv>

namespace redrive::wire {
namespace {

constexpr bool is_unreserved(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

} // namespace

void append_percent_encoded(std::string& out, std::string_view text, std::string_view kept) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        if (is_unreserved(c) || kept.find(c) != kept.npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 0x0f];
    }
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (text.front() != '%') {
            out.push_back(text.front());
            text.remove_prefix(1);
            continue;
        }
        unsigned byte = 0;
        const auto digits = text.substr(1, 2);
        const auto* const end = digits.data() + digits.size();
        const auto [stop, ec] = std::from_chars(digits.data(), end, byte, 16);
        if (digits.size() != 2 || ec != std::errc{} || stop != end) return std::nullopt;
        out.push_back(static_cast<char>(byte));
        text.remove_prefix(3);
    }
    return out;
}

void append_parameter(std::string& out, std::string_view name, std::string_view text) {
    if (!out.empty() && out.back() != '?') out += '&';
    out.append(name).push_back('=');
    append_percent_encoded(out, text);
}

} // namespace redrive::wire
