#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace redrive {

// Eight bytes of a text, looked at as one number.
class byte_word {
  public:
    static constexpr std::size_t size = 8;

    explicit byte_word(const char* bytes) noexcept { std::memcpy(&bytes_, bytes, size); }

    // Marks in the number, none when no byte is: not of ASCII from `first` to `last`, equal to
    // `value`. With a byte beyond ASCII the latter may have marks that are wrong.
    [[nodiscard]] std::uint64_t outside(unsigned char first, unsigned char last) const noexcept {
        return (bytes_ | (bytes_ - first * each) | (bytes_ + (0x7fU - last) * each)) & high_bits;
    }
    [[nodiscard]] std::uint64_t equal(unsigned char value) const noexcept {
        return ((bytes_ ^ (value * each)) - each) & high_bits;
    }

  private:
    static constexpr std::uint64_t each = 0x0101010101010101, high_bits = 0x80 * each;

    std::uint64_t bytes_;
};

// How many bytes at the front of a text are good, where `all_good` tells it of a byte_word and
// `good` of an unsigned char.
template <class AllGood, class Good>
[[nodiscard]] std::size_t good_prefix(std::string_view text, AllGood all_good, Good good) noexcept {
    std::size_t n = 0;
    if (text.size() >= byte_word::size) {
        const auto last = text.size() - byte_word::size;
        while (all_good(byte_word{text.data() + n})) {
            if (n == last) return text.size();
            n = std::min(n + byte_word::size, last); // some are looked at twice, but at once
        }
    }
    while (n < text.size() && good(static_cast<unsigned char>(text[n])))
        ++n;
    return n;
}

} // namespace redrive
