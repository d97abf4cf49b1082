#include "wire/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace redrive::wire {
namespace {

constexpr std::size_t block_bytes = 64;

struct context_deleter {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using context_ptr = std::unique_ptr<EVP_MD_CTX, context_deleter>;

void require(bool succeeded) {
    if (!succeeded) throw std::runtime_error{"OpenSSL offers no SHA-256"};
}

context_ptr make_context() {
    // Fetching looks the algorithm up in the providers, many times the cost of a short digest.
    // Never freed, since a thread may still sign while static objects are destroyed.
    static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    require(algorithm != nullptr);
    context_ptr context{EVP_MD_CTX_new()};
    require(context && EVP_DigestInit_ex2(context.get(), algorithm, nullptr) == 1);
    return context;
}

// A context that already knows its algorithm restarts without an allocation.
EVP_MD_CTX* restarted_context() {
    thread_local const context_ptr context = make_context();
    require(EVP_DigestInit_ex2(context.get(), nullptr, nullptr) == 1);
    return context.get();
}

void update(EVP_MD_CTX* context, const void* bytes, std::size_t size) {
    require(EVP_DigestUpdate(context, bytes, size) == 1);
}

sha256_bytes digest_of(const void* first,
                       std::size_t first_size,
                       const void* second,
                       std::size_t second_size) {
    auto* const context = restarted_context();
    update(context, first, first_size);
    update(context, second, second_size);
    sha256_bytes digest;
    require(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1);
    return digest;
}

using key_block = std::array<unsigned char, block_bytes>;

key_block block_of(std::string_view key) {
    key_block block{};
    if (key.size() > block_bytes) {
        const auto digest = sha256(key);
        std::copy(digest.begin(), digest.end(), block.begin());
    } else {
        std::copy(key.begin(), key.end(), block.begin());
    }
    return block;
}

void flip(key_block& block, unsigned char mask) noexcept {
    for (auto& byte : block)
        byte = static_cast<unsigned char>(byte ^ mask);
}

} // namespace

sha256_bytes sha256(std::string_view bytes) {
    return digest_of(bytes.data(), bytes.size(), nullptr, 0);
}

// Two plain digests: EVP_MAC would allocate and look up parameters on each call.
sha256_bytes hmac_sha256(std::string_view key, std::string_view bytes) {
    constexpr unsigned char inner_pad = 0x36;
    constexpr unsigned char outer_pad = 0x5c;
    auto block = block_of(key);
    flip(block, inner_pad);
    const auto inner = digest_of(block.data(), block.size(), bytes.data(), bytes.size());
    flip(block, inner_pad ^ outer_pad);
    const auto outer = digest_of(block.data(), block.size(), inner.data(), inner.size());
    wipe(block.data(), block.size());
    return outer;
}

void append_hex(std::string& out, const sha256_bytes& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<char, 2 * std::tuple_size_v<sha256_bytes>> text;
    auto* next = text.data();
    for (const auto byte : bytes) {
        *next++ = digits[byte >> 4];
        *next++ = digits[byte & 0x0f];
    }
    out.append(text.data(), text.size());
}

void wipe(void* bytes, std::size_t size) noexcept {
    OPENSSL_cleanse(bytes, size);
}

} // namespace redrive::wire
