#include "sim/md5.hpp"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>

namespace redrive::sim {

std::string md5_hex(std::string_view bytes) {
    std::array<unsigned char, 16> digest{};
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_md5(), nullptr) != 1)
        throw std::runtime_error{"MD5 is not available"};
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const unsigned byte : digest) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 0xf]);
    }
    return text;
}

} // namespace redrive::sim
