#include "wire/dpop.hpp"

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <chrono>
#include <memory>
#include <vector>

#include "core/base64.hpp"
#include "wire/json_reader.hpp"

namespace redrive::wire {
namespace {

using key_pair = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

constexpr wall_time noon{std::chrono::milliseconds{1795348800000}}; // 2026-11-22T12:00:00Z

const dpop_stamp stamp{"0a1b2c3d-0000-4000-8000-000000000001", noon + std::chrono::milliseconds{7}};

key_pair new_key(const char* curve = "P-256") {
    return {EVP_EC_gen(curve), &EVP_PKEY_free};
}

template <class Write>
std::string written(Write write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out{BIO_new(BIO_s_mem()), &BIO_free};
    EXPECT_EQ(write(out.get()), 1);
    char* begin = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &begin);
    return {begin, static_cast<std::size_t>(size)};
}

std::string pkcs8(const key_pair& key, const EVP_CIPHER* cipher = nullptr) {
    return written([&](BIO* out) {
        return PEM_write_bio_PKCS8PrivateKey(
            out, key.get(), cipher, cipher ? "pass" : nullptr, cipher ? 4 : 0, nullptr, nullptr);
    });
}

std::string sec1(const key_pair& key) {
    return written([&](BIO* out) {
        return PEM_write_bio_PrivateKey_traditional(
            out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
}

std::string number_of(const key_pair& key, const char* which) {
    BIGNUM* number = nullptr;
    EXPECT_EQ(EVP_PKEY_get_bn_param(key.get(), which, &number), 1);
    std::array<unsigned char, 32> bytes;
    EXPECT_EQ(BN_bn2binpad(number, bytes.data(), 32), 32);
    BN_free(number);
    return {bytes.begin(), bytes.end()};
}

// RFC 5915 with the optional public key left out.
std::string sec1_without_public_key(const key_pair& key) {
    using namespace std::string_literals;
    const auto der = "\x30\x31\x02\x01\x01\x04\x20"s + number_of(key, OSSL_PKEY_PARAM_PRIV_KEY) +
                     "\xa0\x0a\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"s;
    auto text = base64_encode(der);
    text.insert(64, "\n");
    return "-----BEGIN EC PRIVATE KEY-----\n" + text + "\n-----END EC PRIVATE KEY-----\n";
}

std::string decoded(std::string_view base64url) {
    std::string text{base64url};
    for (char& c : text)
        c = c == '-' ? '+' : c == '_' ? '/' : c;
    EXPECT_EQ(base64url.find_first_of("+/="), base64url.npos);
    return base64_decode(text).value_or("undecodable");
}

struct token {
    std::string header, claims, signed_text, signature;
};

token split(const std::string& proof) {
    const auto first = proof.find('.');
    const auto second = proof.rfind('.');
    return {decoded(std::string_view{proof}.substr(0, first)),
            decoded(std::string_view{proof}.substr(first + 1, second - first - 1)),
            proof.substr(0, second),
            decoded(std::string_view{proof}.substr(second + 1))};
}

BIGNUM* number(std::string_view bytes) {
    return BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                     static_cast<int>(bytes.size()),
                     nullptr);
}

std::vector<unsigned char> der_of(std::string_view raw) {
    ECDSA_SIG* both = ECDSA_SIG_new();
    ECDSA_SIG_set0(both, number(raw.substr(0, 32)), number(raw.substr(32)));
    std::vector<unsigned char> der(static_cast<std::size_t>(i2d_ECDSA_SIG(both, nullptr)));
    auto* out = der.data();
    i2d_ECDSA_SIG(both, &out);
    ECDSA_SIG_free(both);
    return der;
}

bool verifies(const key_pair& key, const token& proof) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free};
    const auto der = der_of(proof.signature);
    return proof.signature.size() == 64 &&
           EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(),
                            der.data(),
                            der.size(),
                            reinterpret_cast<const unsigned char*>(proof.signed_text.data()),
                            proof.signed_text.size()) == 1;
}

std::optional<std::string> proof_of(std::string_view pem) {
    return dpop_proof(
        secret_text{pem}, "POST", "https://eu-west-1.signin.aws.amazon.com/v1/token", stamp);
}

TEST(Dpop, SignsWithTheKeyInEveryFormThatHoldsIt) {
    const auto key = new_key();
    for (const auto& pem : {pkcs8(key), sec1(key), sec1_without_public_key(key)}) {
        const auto proof = proof_of(pem);
        ASSERT_TRUE(proof) << pem;
        EXPECT_TRUE(verifies(key, split(*proof)));
        EXPECT_FALSE(verifies(new_key(), split(*proof)));
    }
}

TEST(Dpop, SaysWithWhichKeyAndForWhichRequest) {
    const auto key = new_key();
    const auto proof = split(proof_of(pkcs8(key)).value());
    EXPECT_EQ(proof.header,
              R"({"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","x":")" +
                  base64url_encode(number_of(key, OSSL_PKEY_PARAM_EC_PUB_X)) + R"(","y":")" +
                  base64url_encode(number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y)) +
                  R"(","crv":"P-256"}})");
    EXPECT_EQ(proof.claims,
              R"({"jti":"0a1b2c3d-0000-4000-8000-000000000001","htm":"POST",)"
              R"("htu":"https://eu-west-1.signin.aws.amazon.com/v1/token","iat":1795348800})");
}

// A coordinate or half of a signature begins with a zero byte in one of 128 cases.
TEST(Dpop, WritesEveryNumberInItsWholeWidth) {
    json_reader reader;
    for (int i = 0; i < 600; ++i) {
        const auto key = new_key();
        const auto proof = split(proof_of(pkcs8(key)).value());
        ASSERT_EQ(proof.signature.size(), 64U);
        const auto jwk = reader.parse(proof.header)["jwk"];
        ASSERT_EQ(jwk["x"].text().value().size(), 43U);
        ASSERT_EQ(jwk["y"].text().value().size(), 43U);
        ASSERT_TRUE(verifies(key, proof));
    }
}

TEST(Dpop, EscapesWhatItIsGiven) {
    const auto proof =
        dpop_proof(secret_text{pkcs8(new_key())}, "POST", "https://h/\"", {"a\",\"x\":\"b", noon});
    json_reader reader;
    const auto claims = split(proof.value()).claims;
    EXPECT_EQ(reader.parse(claims)["jti"].text(), "a\",\"x\":\"b");
    EXPECT_EQ(reader.parse(claims)["htu"].text(), "https://h/\"");
}

TEST(Dpop, RefusesAKeyThatIsNotOnItsCurve) {
    for (const auto* curve : {"P-384", "P-521", "secp256k1"})
        EXPECT_FALSE(proof_of(pkcs8(new_key(curve)))) << curve;
    const key_pair edwards{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free};
    EXPECT_FALSE(proof_of(pkcs8(edwards)));
    const key_pair rsa{EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{1024}),
                       &EVP_PKEY_free};
    EXPECT_FALSE(proof_of(pkcs8(rsa)));
}

TEST(Dpop, RefusesAnEncryptedKeyWithoutAskingForAPassphrase) {
    EXPECT_FALSE(proof_of(pkcs8(new_key(), EVP_aes_128_cbc())));
}

TEST(Dpop, RefusesWhatIsNoPrivateKey) {
    const auto key = new_key();
    const auto whole = pkcs8(key);
    const auto public_half =
        written([&](BIO* out) { return PEM_write_bio_PUBKEY(out, key.get()); });
    for (const std::string& pem :
         {std::string{}, std::string{"hush"}, public_half, std::string(100'000, '-')})
        EXPECT_FALSE(proof_of(pem));
    for (std::size_t n = 0; n + 40 < whole.size(); ++n)
        EXPECT_FALSE(proof_of(std::string_view{whole}.substr(0, n))) << n;
}

TEST(Dpop, LeavesNoErrorOfItsOwnInTheQueueOfOpenSsl) {
    ERR_clear_error();
    EXPECT_FALSE(proof_of("-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----\n"));
    EXPECT_EQ(ERR_peek_error(), 0UL);
    ERR_raise(ERR_LIB_USER, 1);
    EXPECT_FALSE(proof_of("hush"));
    EXPECT_NE(ERR_peek_error(), 0UL);
    ERR_clear_error();
}

} // namespace
} // namespace redrive::wire
