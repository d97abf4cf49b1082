#include "net/shared_tls_context.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "support/test_certificates.hpp"

namespace redrive::net {
namespace {

// A path of its own, because it is replaced.
std::string bundle_file() {
    std::ifstream roots{test::loopback_ca_file()};
    return test::file_with({std::istreambuf_iterator<char>{roots}, {}});
}

class SharedTlsContext : public ::testing::Test {
  protected:
    std::shared_ptr<asio::ssl::context> get(const tls_settings& settings) {
        return shared_tls_context(one_.get_executor(), settings).context;
    }

    asio::io_context one_, other_;
    const std::string bundle_ = bundle_file();
};

TEST_F(SharedTlsContext, IsOneForAllWhoAskForTheSame) {
    const auto first = get({bundle_});
    ASSERT_TRUE(first);
    EXPECT_EQ(get({bundle_}), first);
    EXPECT_EQ(shared_tls_context(asio::make_strand(one_), {bundle_}).context, first);
}

TEST_F(SharedTlsContext, IsAnotherWithOtherRootsACertificateOrAnExecutionContext) {
    const auto& identity = test::loopback_certificates();
    const auto shown = test::file_with(identity.leaf + identity.key);
    const auto first = get({bundle_});
    const auto system = get({});
    const auto with_certificate = get({bundle_, shown});
    const auto elsewhere = shared_tls_context(other_.get_executor(), {bundle_}).context;
    for (const auto& each : {system, with_certificate, elsewhere}) {
        EXPECT_TRUE(each);
        EXPECT_NE(each, first);
    }
    EXPECT_NE(with_certificate, system);
}

TEST_F(SharedTlsContext, IsMadeAgainWhenNobodyHasItOrItsFileWasReplaced) {
    std::weak_ptr<asio::ssl::context> gone = get({bundle_});
    EXPECT_TRUE(gone.expired());
    const auto first = get({bundle_});
    std::filesystem::last_write_time(
        bundle_, std::filesystem::last_write_time(bundle_) + std::chrono::seconds{1});
    const auto second = get({bundle_});
    EXPECT_TRUE(second);
    EXPECT_NE(second, first);
    EXPECT_EQ(get({bundle_}), second);
}

TEST_F(SharedTlsContext, IsTriedAgainAfterAFailure) {
    const auto path = test::file_with("no roots yet");
    EXPECT_EQ(shared_tls_context(one_.get_executor(), {path}).ec, client_errc::bad_ca_bundle);
    EXPECT_EQ(shared_tls_context(one_.get_executor(), {path}).ec, client_errc::bad_ca_bundle);
    std::filesystem::copy_file(bundle_, path, std::filesystem::copy_options::overwrite_existing);
    EXPECT_TRUE(get({path}));
}

} // namespace
} // namespace redrive::net
