#include "net/tls_context.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <openssl/ssl.h>

#include <cstdlib>
#include <optional>
#include <tuple>

#include "support/test_certificates.hpp"

namespace redrive::net {
namespace {

using ::testing::HasSubstr;

TEST(TlsContext, VerifiesItsPeerAndRefusesOldProtocols) {
    const auto made = make_tls_context({test::loopback_ca_file()});
    ASSERT_TRUE(made.context) << made.detail;
    auto* native = made.context->native_handle();
    EXPECT_EQ(SSL_CTX_get_verify_mode(native), SSL_VERIFY_PEER);
    EXPECT_EQ(SSL_CTX_get_min_proto_version(native), TLS1_2_VERSION);
    EXPECT_NE(SSL_CTX_get_options(native) & SSL_OP_NO_RENEGOTIATION, 0u);
}

TEST(TlsContext, TrustsTheGivenBundleAndNothingElse) {
    const auto made = make_tls_context({test::loopback_ca_file()});
    ASSERT_TRUE(made.context);
    auto* store = SSL_CTX_get_cert_store(made.context->native_handle());
    EXPECT_EQ(sk_X509_OBJECT_num(X509_STORE_get0_objects(store)), 1);
}

TEST(TlsContext, NamesABundleThatDoesNotExist) {
    const auto made = make_tls_context({"/no/such/bundle.pem"});
    EXPECT_FALSE(made.context);
    EXPECT_EQ(made.ec, client_errc::bad_ca_bundle);
    EXPECT_EQ(made.detail, "CA bundle /no/such/bundle.pem does not exist");
}

TEST(TlsContext, NamesABundleWithoutACertificate) {
    for (const auto* text : {"", "not PEM at all\n", "-----BEGIN CERTIFICATE-----\nAAAA\n"}) {
        const auto path = test::file_with(text);
        const auto made = make_tls_context({path});
        EXPECT_FALSE(made.context);
        EXPECT_EQ(made.ec, client_errc::bad_ca_bundle);
        EXPECT_THAT(made.detail, HasSubstr(path));
        EXPECT_THAT(made.detail, HasSubstr("holds no PEM certificate"));
    }
}

TEST(TlsContext, FindsTheSystemsRootsWithoutABundle) {
    const auto made = make_tls_context({});
    EXPECT_TRUE(made.context) << made.detail;
    EXPECT_FALSE(made.ec);
}

TEST(TlsContext, ShowsTheClientsCertificateWithItsKey) {
    const auto& identity = test::loopback_certificates();
    const auto certificate = test::file_with(identity.leaf);
    const auto key = test::file_with(identity.key);
    const auto both = test::file_with(identity.key + identity.leaf);
    for (const auto& settings : {tls_settings{test::loopback_ca_file(), certificate, key},
                                 tls_settings{test::loopback_ca_file(), both, ""}}) {
        const auto made = make_tls_context(settings);
        ASSERT_TRUE(made.context) << made.detail;
        auto* native = made.context->native_handle();
        EXPECT_NE(SSL_CTX_get0_certificate(native), nullptr);
        EXPECT_EQ(SSL_CTX_check_private_key(native), 1);
    }
}

TEST(TlsContext, NamesTheClientFileThatCannotBeUsed) {
    const auto& identity = test::loopback_certificates();
    const auto other = test::make_certificates("DNS:other");
    const auto certificate = test::file_with(identity.leaf);
    const auto other_key = test::file_with(other.key);
    const auto text = test::file_with("no PEM");
    const auto encrypted =
        test::file_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE "
                        "KEY-----\n");
    const std::tuple<std::string, std::string, std::string> cases[] = {
        {"/no/such.pem", "", "client certificate /no/such.pem does not exist"},
        {text, "", "client certificate " + text + " cannot be read or holds no PEM certificate"},
        {certificate, "", "client key " + certificate + " cannot be read, is encrypted, or"},
        {certificate, "/no/such.key", "client key /no/such.key does not exist"},
        {certificate, other_key, "or is not the certificate's"},
        {certificate, encrypted, "is encrypted"}};
    for (const auto& [file, key, words] : cases) {
        const auto made = make_tls_context({test::loopback_ca_file(), file, key});
        EXPECT_FALSE(made.context);
        EXPECT_EQ(made.ec, client_errc::bad_configuration);
        EXPECT_THAT(made.detail, HasSubstr(words));
    }
}

} // namespace
} // namespace redrive::net
