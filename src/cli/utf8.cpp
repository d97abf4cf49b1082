#include "cli/utf8.hpp"

#include "core/ascii.hpp"

namespace redrive::cli {
namespace {

struct lead_byte {
    std::size_t length;
    char32_t bits;
};

constexpr lead_byte lead_of(unsigned char byte) noexcept {
    if (byte < 0x80) return {1, byte};
    if ((byte & 0xe0) == 0xc0) return {2, byte & 0x1fU};
    if ((byte & 0xf0) == 0xe0) return {3, byte & 0x0fU};
    if ((byte & 0xf8) == 0xf0) return {4, byte & 0x07U};
    return {0, 0};
}

constexpr bool is_scalar(char32_t value, std::size_t length) noexcept {
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    return value >= least[length] && value <= 0x10ffff && !surrogate;
}

} // namespace

code_point first_code_point(std::string_view text) noexcept {
    const auto first = static_cast<unsigned char>(text.front());
    const code_point invalid{.value = first};
    const auto lead = lead_of(first);
    if (lead.length == 0 || lead.length > text.size()) return invalid;
    char32_t value = lead.bits;
    for (std::size_t i = 1; i < lead.length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0) != 0x80) return invalid;
        value = (value << 6) | (byte & 0x3fU);
    }
    if (!is_scalar(value, lead.length)) return invalid;
    return {.value = value, .length = lead.length, .valid = true};
}

bool is_utf8(std::string_view text) noexcept {
    for (text.remove_prefix(printable_prefix(text)); !text.empty();) {
        const auto next = first_code_point(text);
        if (!next.valid) return false;
        text.remove_prefix(next.length);
    }
    return true;
}

} // namespace redrive::cli
