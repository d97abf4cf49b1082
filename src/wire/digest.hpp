#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace redrive::wire {

// SHA-256 and HMAC-SHA-256 (FIPS 180-4, RFC 2104) over OpenSSL, which stays inside digest.cpp.
using sha256_bytes = std::array<unsigned char, 32>;

[[nodiscard]] sha256_bytes sha256(std::string_view bytes);
[[nodiscard]] sha256_bytes hmac_sha256(std::string_view key, std::string_view bytes);

// 64 lower-case hexadecimal digits.
void append_hex(std::string& out, const sha256_bytes& bytes);

// Overwrites memory that held a secret, in a way that the optimiser keeps.
void wipe(void* bytes, std::size_t size) noexcept;

inline std::string_view as_text(const sha256_bytes& bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace redrive::wire
