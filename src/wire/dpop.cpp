#include "wire/dpop.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <chrono>
#include <memory>
#include <vector>

#include "core/base64.hpp"
#include "wire/json_writer.hpp"

namespace redrive::wire {
namespace {

struct freed {
    void operator()(BIO* it) const noexcept { BIO_free(it); }
    void operator()(BIGNUM* it) const noexcept { BN_free(it); }
    void operator()(ECDSA_SIG* it) const noexcept { ECDSA_SIG_free(it); }
    void operator()(EVP_MD_CTX* it) const noexcept { EVP_MD_CTX_free(it); }
    void operator()(EVP_PKEY* it) const noexcept { EVP_PKEY_free(it); }
};

template <class Object>
using owned = std::unique_ptr<Object, freed>;

constexpr std::size_t field_size = 32; // of P-256, in bytes
constexpr std::size_t longest_pem = 8192;

// What fails here leaves no trace for those who look into OpenSSL's queue of errors for their own.
class quiet_errors {
  public:
    quiet_errors() noexcept { ERR_set_mark(); }
    ~quiet_errors() { ERR_pop_to_mark(); }
    quiet_errors(const quiet_errors&) = delete;
    quiet_errors& operator=(const quiet_errors&) = delete;
};

// Else OpenSSL would ask for one at the terminal.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

bool is_on_p256(const EVP_PKEY& key) noexcept {
    std::array<char, 32> name{};
    return EVP_PKEY_get_utf8_string_param(
               &key, OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size(), nullptr) == 1 &&
           std::string_view{name.data()} == SN_X9_62_prime256v1;
}

owned<EVP_PKEY> read_key(std::string_view pem) {
    if (pem.size() > longest_pem) return nullptr;
    const owned<BIO> bytes{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    if (!bytes) return nullptr;
    owned<EVP_PKEY> key{PEM_read_bio_PrivateKey(bytes.get(), nullptr, no_passphrase, nullptr)};
    if (key && !is_on_p256(*key)) key.reset();
    return key;
}

// Big-endian, with leading zeros; empty when it does not fit.
std::string field_element(const BIGNUM* number) {
    std::array<unsigned char, field_size> bytes{};
    if (number == nullptr || BN_bn2binpad(number, bytes.data(), field_size) != field_size)
        return {};
    return {bytes.begin(), bytes.end()};
}

std::string coordinate(const EVP_PKEY& key, const char* which) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(&key, which, &number) != 1) return {};
    const owned<BIGNUM> owner{number};
    return base64url_encode(field_element(number));
}

std::string header_of(const std::string& x, const std::string& y) {
    std::string text;
    json_writer header{text};
    header.begin_object();
    header.text_member("typ", "dpop+jwt");
    header.text_member("alg", "ES256");
    header.key("jwk");
    header.begin_object();
    header.text_member("kty", "EC");
    header.text_member("x", x);
    header.text_member("y", y);
    header.text_member("crv", "P-256");
    header.end_object();
    header.end_object();
    return text;
}

std::string claims_of(std::string_view method, std::string_view url, const dpop_stamp& stamp) {
    std::string text;
    json_writer claims{text};
    claims.begin_object();
    claims.text_member("jti", stamp.jti);
    claims.text_member("htm", method);
    claims.text_member("htu", url);
    claims.key("iat");
    claims.integer(
        std::chrono::floor<std::chrono::seconds>(stamp.issued_at.time_since_epoch()).count());
    claims.end_object();
    return text;
}

// In DER; empty when OpenSSL cannot.
std::vector<unsigned char> signed_der(EVP_PKEY& key, std::string_view text) {
    const owned<EVP_MD_CTX> context{EVP_MD_CTX_new()};
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, &key) != 1)
        return {};
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t size = 0;
    if (EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1) return {};
    std::vector<unsigned char> der(size);
    if (EVP_DigestSign(context.get(), der.data(), &size, bytes, text.size()) != 1) return {};
    der.resize(size);
    return der;
}

// r and s one behind the other, as RFC 7518 section 3.4 has them; empty when there is no signature.
std::string signature_of(EVP_PKEY& key, std::string_view text) {
    const auto der = signed_der(key, text);
    const auto* begin = der.data();
    const owned<ECDSA_SIG> both{d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size()))};
    if (!both) return {};
    return field_element(ECDSA_SIG_get0_r(both.get())) +
           field_element(ECDSA_SIG_get0_s(both.get()));
}

} // namespace

std::optional<std::string> dpop_proof(const secret_text& pem_key,
                                      std::string_view method,
                                      std::string_view url,
                                      const dpop_stamp& stamp) {
    const quiet_errors quiet;
    const auto key = read_key(pem_key.reveal());
    if (!key) return std::nullopt;
    const auto x = coordinate(*key, OSSL_PKEY_PARAM_EC_PUB_X);
    const auto y = coordinate(*key, OSSL_PKEY_PARAM_EC_PUB_Y);
    if (x.empty() || y.empty()) return std::nullopt;
    auto proof =
        base64url_encode(header_of(x, y)) + "." + base64url_encode(claims_of(method, url, stamp));
    const auto signature = signature_of(*key, proof);
    if (signature.size() != 2 * field_size) return std::nullopt;
    return proof.append(".").append(base64url_encode(signature));
}

} // namespace redrive::wire
