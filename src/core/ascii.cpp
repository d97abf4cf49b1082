#include "core/ascii.hpp"

#include <algorithm>

#include "core/byte_word.hpp"

namespace redrive {

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
    return out;
}

std::string_view trimmed(std::string_view text, std::string_view blanks) noexcept {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::size_t printable_prefix(std::string_view text) noexcept {
    return good_prefix(
        text,
        [](byte_word bytes) { return bytes.outside(0x20, 0x7e) == 0; },
        [](unsigned char byte) { return byte >= 0x20 && byte < 0x7f; });
}

} // namespace redrive
