#include "wire/uuid.hpp"

#include "wire/digest.hpp"

namespace redrive::wire {

std::array<char, 36> uuid_v4(std::array<std::uint64_t, 2> bits) noexcept {
    bits[0] = (bits[0] & ~0xf000ULL) | 0x4000;          // the version
    bits[1] = (bits[1] & ~(3ULL << 62)) | (2ULL << 62); // the variant
    std::array<char, 36> id;
    auto* at = id.data();
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) *at++ = '-';
        const auto digits = hex_digits[(bits[i / 8] >> (56 - i % 8 * 8)) & 0xff];
        *at++ = digits[0];
        *at++ = digits[1];
    }
    return id;
}

} // namespace redrive::wire
