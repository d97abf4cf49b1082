#include "wire/digest.hpp"

// The functions of one algorithm, discouraged since OpenSSL 3.0 for EVP. EVP allocates for each
// digest, which for texts as short as ours costs more than the digest itself.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <bit>
#include <cstring>
#include <type_traits>

namespace redrive::wire {
namespace {

static_assert(std::is_trivially_copyable_v<SHA256_CTX>);

using key_block = std::array<unsigned char, SHA256_CBLOCK>;

key_block block_of(std::string_view key) {
    key_block block{};
    if (key.size() > block.size()) {
        const auto digest = sha256(key);
        std::memcpy(block.data(), digest.data(), digest.size());
    } else if (!key.empty()) {
        std::memcpy(block.data(), key.data(), key.size());
    }
    return block;
}

void flip(key_block& block, unsigned char mask) noexcept {
    for (auto& byte : block)
        byte = static_cast<unsigned char>(byte ^ mask);
}

SHA256_CTX begun_with(const key_block& block) noexcept {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, block.data(), block.size());
    return context;
}

sha256_bytes finished(SHA256_CTX context, std::string_view bytes) noexcept {
    sha256_bytes digest;
    SHA256_Update(&context, bytes.data(), bytes.size());
    SHA256_Final(digest.data(), &context);
    return digest;
}

template <std::size_t Size>
void append_digits(std::string& out, const std::array<unsigned char, Size>& bytes) {
    std::array<char, 2 * Size> text;
    for (std::size_t i = 0; i < Size; ++i)
        std::memcpy(&text[2 * i], hex_digits[bytes[i]].data(), 2);
    out.append(text.data(), text.size());
}

} // namespace

sha256_bytes sha256(std::string_view bytes) {
    SHA256_CTX context;
    SHA256_Init(&context);
    return finished(context, bytes);
}

sha1_bytes sha1(std::string_view bytes) {
    sha1_bytes digest;
    SHA1(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return digest;
}

sha256_bytes hmac_sha256(std::string_view key, std::string_view bytes) {
    return hmac_sha256_key{key}.sign(bytes);
}

hmac_sha256_key::hmac_sha256_key(std::string_view key) {
    static_assert(sizeof(state) == sizeof(SHA256_CTX) && alignof(state) >= alignof(SHA256_CTX));
    constexpr unsigned char inner_pad = 0x36;
    constexpr unsigned char outer_pad = 0x5c;
    auto block = block_of(key);
    flip(block, inner_pad);
    inner_ = std::bit_cast<state>(begun_with(block));
    flip(block, inner_pad ^ outer_pad);
    outer_ = std::bit_cast<state>(begun_with(block));
    wipe(block.data(), block.size());
}

hmac_sha256_key::~hmac_sha256_key() {
    wipe(&inner_, sizeof inner_);
    wipe(&outer_, sizeof outer_);
}

sha256_bytes hmac_sha256_key::sign(std::string_view bytes) const {
    const auto inner = finished(std::bit_cast<SHA256_CTX>(inner_), bytes);
    return finished(std::bit_cast<SHA256_CTX>(outer_), as_text(inner));
}

void append_hex(std::string& out, const sha256_bytes& bytes) {
    append_digits(out, bytes);
}

void append_hex(std::string& out, const sha1_bytes& bytes) {
    append_digits(out, bytes);
}

void wipe(void* bytes, std::size_t size) noexcept {
    OPENSSL_cleanse(bytes, size);
}

} // namespace redrive::wire
