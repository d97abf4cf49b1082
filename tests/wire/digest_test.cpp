#include "wire/digest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace redrive::wire {
namespace {

template <class Bytes>
std::string hex(const Bytes& bytes) {
    std::string text;
    append_hex(text, bytes);
    return text;
}

TEST(Digest, OfTheExamplesOfFips180) {
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Digest, OfAMillionBytes) {
    EXPECT_EQ(hex(sha256(std::string(1'000'000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Digest, DoesNotRememberTheOneBefore) {
    const auto first = sha256("abc");
    EXPECT_NE(sha256("abcd"), first);
    EXPECT_EQ(sha256("abc"), first);
}

TEST(Digest, IsTheSameOnEveryThread) {
    sha256_bytes elsewhere{};
    std::thread{[&] { elsewhere = sha256("abc"); }}.join();
    EXPECT_EQ(elsewhere, sha256("abc"));
}

TEST(Hmac, OfTheExamplesOfRfc4231) {
    EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(hmac_sha256(std::string(20, '\xaa'), std::string(50, '\xdd'))),
              "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
}

TEST(Hmac, HashesAKeyLongerThanABlock) {
    EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xaa'),
                              "Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    const std::string longer(65, 'k');
    EXPECT_EQ(hmac_sha256(longer, "x"), hmac_sha256(as_text(sha256(longer)), "x"));
}

TEST(Hmac, TakesAKeyOfExactlyOneBlockAsItIs) {
    EXPECT_EQ(hex(hmac_sha256(std::string(64, 'k'), "x")),
              "f91c4c403625fb06910ef93999265bbd2d62baeaec6ff36455498cc124fe3e66");
}

TEST(Hmac, OfNothingUnderNoKey) {
    EXPECT_EQ(hex(hmac_sha256("", "")),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Digest, HexIsAppendedInLowerCase) {
    std::string text = "digest=";
    sha256_bytes bytes{};
    bytes.front() = 0xab;
    bytes.back() = 0x0f;
    append_hex(text, bytes);
    EXPECT_EQ(text, "digest=ab" + std::string(60, '0') + "0f");
}

TEST(Digest, OfTheSha1ExamplesOfFips180) {
    EXPECT_EQ(hex(sha1("")), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    EXPECT_EQ(hex(sha1("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
    EXPECT_EQ(hex(sha1("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
}

TEST(Digest, WipeLeavesZeros) {
    auto secret = sha256("secret");
    wipe(secret.data(), secret.size());
    EXPECT_EQ(secret, sha256_bytes{});
}

} // namespace
} // namespace redrive::wire
