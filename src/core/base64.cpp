#include "core/base64.hpp"

#include <array>
#include <cstdint>

namespace redrive {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t outside = 0x80; // of the alphabet

constexpr auto reverse = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(outside);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}();

} // namespace

std::string base64_encode(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    int held = 0;
    for (const char byte : bytes) {
        bits = (bits << 8) | static_cast<unsigned char>(byte);
        held += 8;
        while (held >= 6) {
            held -= 6;
            text.push_back(alphabet[(bits >> held) & 0x3f]);
        }
    }
    if (held > 0) text.push_back(alphabet[(bits << (6 - held)) & 0x3f]);
    while (text.size() % 4 != 0)
        text.push_back('=');
    return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
    const auto padded_size = text.size();
    while (!text.empty() && text.back() == '=' && padded_size - text.size() < 2)
        text.remove_suffix(1);
    if (text.size() % 4 == 1) return std::nullopt;
    if (padded_size != text.size() && padded_size % 4 != 0) return std::nullopt;
    std::string bytes(text.size() * 3 / 4, '\0');
    auto* out = bytes.data();
    std::uint32_t bits = 0, wrong = 0;
    int held = 0;
    for (const char c : text) {
        const auto value = reverse[static_cast<unsigned char>(c)];
        wrong |= value;
        bits = (bits << 6) | value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            *out++ = static_cast<char>((bits >> held) & 0xff);
        }
    }
    if ((wrong & outside) != 0) return std::nullopt;
    return bytes;
}

} // namespace redrive
