#include "core/base64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace redrive {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Four characters are 24 bits, in which one that is not of the alphabet shows wherever it stands:
// every bit above its six is set.
constexpr std::uint32_t outside = ~std::uint32_t{0x3f};
constexpr std::uint32_t above_four = ~std::uint32_t{0xffffff};

constexpr auto values = [] {
    std::array<std::uint32_t, 256> table{};
    table.fill(outside);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint32_t>(i);
    return table;
}();

std::uint32_t four_at(const char* text) noexcept {
    const auto value = [text](int i) { return values[static_cast<unsigned char>(text[i])]; };
    return value(0) << 18 | value(1) << 12 | value(2) << 6 | value(3);
}

// The characters that carry bits; nothing when no bytes have as many.
std::optional<std::string_view> without_padding(std::string_view text) noexcept {
    const auto padded_size = text.size();
    while (!text.empty() && text.back() == '=' && padded_size - text.size() < 2)
        text.remove_suffix(1);
    if (text.size() % 4 == 1) return std::nullopt;
    if (padded_size != text.size() && padded_size % 4 != 0) return std::nullopt;
    return text;
}

constexpr std::size_t bytes_in(std::string_view text) noexcept {
    return text.size() * 3 / 4;
}

// Whether every character is of the alphabet. `out` has room for bytes_in(text).
bool decode(std::string_view text, char* out) noexcept {
    std::uint32_t wrong = 0;
    for (; text.size() >= 4; text.remove_prefix(4)) {
        const auto bits = four_at(text.data());
        wrong |= bits;
        *out++ = static_cast<char>(bits >> 16);
        *out++ = static_cast<char>(bits >> 8);
        *out++ = static_cast<char>(bits);
    }
    std::array<char, 4> last{'A', 'A', 'A', 'A'}; // zeros
    text.copy(last.data(), last.size());
    const auto bits = four_at(last.data());
    wrong |= bits;
    if (text.size() > 1) *out++ = static_cast<char>(bits >> 16);
    if (text.size() > 2) *out++ = static_cast<char>(bits >> 8);
    return (wrong & above_four) == 0;
}

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

std::string base64url_encode(std::string_view bytes) {
    auto text = base64_encode(bytes);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.erase(text.find_last_not_of('=') + 1);
    return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
    const auto carrying = without_padding(text);
    if (!carrying) return std::nullopt;
    std::string bytes(bytes_in(*carrying), '\0');
    if (!decode(*carrying, bytes.data())) return std::nullopt;
    return bytes;
}

std::optional<std::string_view> base64_decode(std::string_view text, std::span<char> room) {
    const auto carrying = without_padding(text);
    if (!carrying || bytes_in(*carrying) > room.size()) return std::nullopt;
    if (!decode(*carrying, room.data())) return std::nullopt;
    return std::string_view{room.data(), bytes_in(*carrying)};
}

} // namespace redrive
