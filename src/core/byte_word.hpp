#pragma once

#include <cstdint>
#include <cstring>

namespace redrive {

// Eight bytes of a text, looked at as one number.
class byte_word {
  public:
    static constexpr std::size_t size = 8;

    explicit byte_word(const char* bytes) noexcept { std::memcpy(&bytes_, bytes, size); }

    // Whether any byte is: beyond ASCII, below `bound` (at most 0x80), equal to `value`. With a
    // byte beyond ASCII the latter two may be wrong.
    [[nodiscard]] bool any_beyond_ascii() const noexcept { return (bytes_ & high_bits) != 0; }
    [[nodiscard]] bool any_below(unsigned char bound) const noexcept {
        return ((bytes_ - bound * each) & high_bits) != 0;
    }
    [[nodiscard]] bool any_equal(unsigned char value) const noexcept {
        const auto differs = bytes_ ^ (value * each);
        return ((differs - each) & high_bits) != 0;
    }

  private:
    static constexpr std::uint64_t each = 0x0101010101010101, high_bits = 0x80 * each;

    std::uint64_t bytes_;
};

} // namespace redrive
