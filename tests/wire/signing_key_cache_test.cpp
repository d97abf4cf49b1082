#include "wire/signing_key_cache.hpp"

#include <gtest/gtest.h>

#include "wire/sigv4.hpp"

namespace redrive::wire {
namespace {

credentials identity_of(std::string_view id, std::string_view secret) {
    return {std::string{id}, secret_text{secret}, {}, {}};
}

std::string hex(const sha256_bytes& bytes) {
    std::string out;
    append_hex(out, bytes);
    return out;
}

// The key that AWS's documentation derives from its example secret.
TEST(SigningKeyCache, DerivesTheDocumentedKey) {
    signing_key_cache cache;
    const auto identity = identity_of("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    EXPECT_EQ(hex(cache.key(identity, "20150830", "us-east-1", "iam")),
              "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
}

TEST(SigningKeyCache, NeverAnswersWithAnotherInputsKey) {
    signing_key_cache cache;
    struct input {
        const char *id, *secret, *date, *region, *service;
    };
    const input base{"A", "s", "20261122", "eu-west-1", "sqs"};
    for (const auto& changed : {input{"B", "s", "20261122", "eu-west-1", "sqs"},
                                input{"A", "t", "20261122", "eu-west-1", "sqs"},
                                input{"A", "s", "20261123", "eu-west-1", "sqs"},
                                input{"A", "s", "20261122", "eu-west-2", "sqs"},
                                input{"A", "s", "20261122", "eu-west-1", "sts"}}) {
        for (const auto& in : {base, changed, base}) {
            const auto expected =
                derive_signing_key(secret_text{in.secret}, in.date, in.region, in.service);
            const auto identity = identity_of(in.id, in.secret);
            EXPECT_EQ(cache.key(identity, in.date, in.region, in.service), expected);
            EXPECT_EQ(cache.key(identity, in.date, in.region, in.service), expected);
        }
    }
}

} // namespace
} // namespace redrive::wire
