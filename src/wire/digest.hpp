#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace redrive::wire {

// SHA-256, HMAC-SHA-256 and SHA-1 (FIPS 180-4, RFC 2104) over OpenSSL, which stays inside
// digest.cpp.
using sha256_bytes = std::array<unsigned char, 32>;

[[nodiscard]] sha256_bytes sha256(std::string_view bytes);
[[nodiscard]] sha256_bytes hmac_sha256(std::string_view key, std::string_view bytes);

// Names the cache files of SSO, and protects nothing.
using sha1_bytes = std::array<unsigned char, 20>;
[[nodiscard]] sha1_bytes sha1(std::string_view bytes);

// A key made ready: half of the work of a short HMAC is the same each time. Zeroised when it is
// replaced and when it is destroyed.
class hmac_sha256_key {
  public:
    hmac_sha256_key() : hmac_sha256_key{std::string_view{}} {}
    explicit hmac_sha256_key(std::string_view key);
    hmac_sha256_key(const hmac_sha256_key&) = default;
    hmac_sha256_key& operator=(const hmac_sha256_key&) = default;
    ~hmac_sha256_key();

    [[nodiscard]] sha256_bytes sign(std::string_view bytes) const;

  private:
    // OpenSSL's state of a digest after the first block.
    struct alignas(std::uint64_t) state {
        std::array<unsigned char, 112> bytes;
    };

    state inner_;
    state outer_;
};

// Of each byte, in lower case.
inline constexpr auto hex_digits = [] {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<std::array<char, 2>, 256> all{};
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = {digits[i / 16], digits[i % 16]};
    return all;
}();

// Two lower-case hexadecimal digits for each byte.
void append_hex(std::string& out, const sha256_bytes& bytes);
void append_hex(std::string& out, const sha1_bytes& bytes);

// Overwrites memory that held a secret, in a way that the optimiser keeps.
void wipe(void* bytes, std::size_t size) noexcept;

inline std::string_view as_text(const sha256_bytes& bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace redrive::wire
