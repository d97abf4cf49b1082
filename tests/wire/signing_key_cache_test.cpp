#include "wire/signing_key_cache.hpp"

#include <gtest/gtest.h>

#include "wire/sigv4.hpp"

namespace redrive::wire {
namespace {

credentials identity_of(std::string_view id, std::string_view secret) {
    return {std::string{id}, secret_text{secret}, {}, {}};
}

// What tells two keys apart.
sha256_bytes signed_by(const hmac_sha256_key& key) {
    return key.sign("text");
}
sha256_bytes signed_by(const sha256_bytes& key) {
    return hmac_sha256(as_text(key), "text");
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
            const auto expected = signed_by(
                derive_signing_key(secret_text{in.secret}, in.date, in.region, in.service));
            const auto identity = identity_of(in.id, in.secret);
            EXPECT_EQ(signed_by(cache.key(identity, in.date, in.region, in.service)), expected);
            EXPECT_EQ(signed_by(cache.key(identity, in.date, in.region, in.service)), expected);
        }
    }
}

} // namespace
} // namespace redrive::wire
