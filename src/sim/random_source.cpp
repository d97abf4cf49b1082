#include "sim/random_source.hpp"

namespace redrive::sim {

std::string random_source::uuid() {
    constexpr char digits[] = "0123456789abcdef";
    constexpr std::uint64_t version_mask = 0xffffffffffff0fff, version_4 = 0x4000;
    constexpr std::uint64_t variant_mask = 0x3fffffffffffffff, variant_rfc = 0x8000000000000000;
    const std::uint64_t halves[] = {(next() & version_mask) | version_4,
                                    (next() & variant_mask) | variant_rfc};
    std::string text(36, '-');
    std::size_t at = 0;
    for (const auto half : halves) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            if (at == 8 || at == 13 || at == 18 || at == 23) ++at;
            text[at++] = digits[(half >> shift) & 0xf];
        }
    }
    return text;
}

} // namespace redrive::sim
