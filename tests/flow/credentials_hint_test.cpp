#include "flow/credentials_hint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redrive::flow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string hint(error_code ec, std::string message = {}, std::string_view profile = {}) {
    diagnostics why;
    why.message = std::move(message);
    return credentials_hint(ec, why, profile);
}

TEST(CredentialsHint, RepeatsTheCommandThatSignsIn) {
    EXPECT_EQ(hint(client_errc::credentials_failed,
                   "the SSO token has expired; run: aws sso login --sso-session main"),
              "sign in again: `aws sso login --sso-session main`, then repeat the run");
    EXPECT_EQ(hint(client_errc::no_credentials,
                   "no credentials were found; profile: the login session has expired; run: aws "
                   "login; imds: it is turned off"),
              "sign in again: `aws login`, then repeat the run");
    EXPECT_THAT(hint(client_errc::credentials_failed, "run: rm -r x"), Not(HasSubstr("rm -r")));
}

TEST(CredentialsHint, NamesTheCommandThatTriesThem) {
    const error_code errors[] = {client_errc::no_credentials,
                                 client_errc::credentials_failed,
                                 service_errc::invalid_credentials,
                                 service_errc::expired_credentials};
    for (const auto& ec : errors) {
        EXPECT_TRUE(is_about_credentials(ec));
        EXPECT_THAT(hint(ec, "the process failed", "prod"),
                    AllOf(HasSubstr("`aws sts get-caller-identity --profile prod`"),
                          HasSubstr("credentials")));
        EXPECT_THAT(hint(ec), HasSubstr("`aws sts get-caller-identity`"));
    }
}

TEST(CredentialsHint, IsNotForSettingsAndPermissions) {
    const error_code others[] = {
        client_errc::bad_configuration, service_errc::access_denied, service_errc::clock_skew};
    for (const auto& ec : others)
        EXPECT_FALSE(is_about_credentials(ec));
}

} // namespace
} // namespace redrive::flow
