#include "auth/configured_endpoint.hpp"

#include <gmock/gmock.h>

#include <string>

namespace redrive::auth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

shared_config lab_config() {
    return *shared_config::parse({"[profile lab]\n"
                                  "services = lab\n"
                                  "endpoint_url = http://general.file\n"
                                  "[services lab]\n"
                                  "sqs =\n"
                                  "  endpoint_url = http://sqs.file\n"
                                  "sso =\n"
                                  "  endpoint_url = http://sso.file\n"
                                  "sso-oidc =\n"
                                  "  endpoint_url = http://oidc.file\n"
                                  "signin =\n"
                                  "  endpoint_url = http://signin.file\n"
                                  "[services new]\n"
                                  "sso_oidc =\n"
                                  "  endpoint_url = http://underscore.file\n"
                                  "sso-oidc =\n"
                                  "  endpoint_url = http://hyphen.file\n"
                                  "[profile new]\n"
                                  "services = new\n"
                                  "[profile plain]\n"
                                  "endpoint_url = http://plain.file\n"
                                  "[profile broken]\n"
                                  "services = missing\n"
                                  "[profile none]\n",
                                  "~/.aws/config"},
                                 {});
}

// "url from source", or "none".
std::string found(service which, environment::variables variables, std::string_view profile) {
    const auto config = lab_config();
    const auto url = configured_endpoint(
        which, environment{std::move(variables)}, config, config.profile(profile));
    if (!url) return url.error().message;
    return *url ? (*url)->value + " from " + (*url)->source : "none";
}

TEST(ConfiguredEndpoint, OfTheServiceInTheEnvironmentComesFirst) {
    EXPECT_EQ(
        found(service::sqs,
              {{"AWS_ENDPOINT_URL_SQS", "http://sqs.env"}, {"AWS_ENDPOINT_URL", "http://env"}},
              "lab"),
        "http://sqs.env from AWS_ENDPOINT_URL_SQS");
    EXPECT_EQ(found(service::sts, {{"AWS_ENDPOINT_URL_STS", "http://sts.env"}}, "lab"),
              "http://sts.env from AWS_ENDPOINT_URL_STS");
}

TEST(ConfiguredEndpoint, OfAllServicesInTheEnvironmentBeatsTheServiceInTheFile) {
    EXPECT_EQ(found(service::sqs, {{"AWS_ENDPOINT_URL", "http://env"}}, "lab"),
              "http://env from AWS_ENDPOINT_URL");
    EXPECT_EQ(found(service::sqs, {{"AWS_ENDPOINT_URL_STS", "http://sts.env"}}, "lab"),
              "http://sqs.file from services lab in ~/.aws/config");
}

TEST(ConfiguredEndpoint, OfTheServicesSectionBeatsTheProfiles) {
    EXPECT_EQ(found(service::sqs, {}, "lab"), "http://sqs.file from services lab in ~/.aws/config");
    EXPECT_EQ(found(service::sts, {}, "lab"),
              "http://general.file from profile lab in ~/.aws/config");
    EXPECT_EQ(found(service::sqs, {}, "plain"),
              "http://plain.file from profile plain in ~/.aws/config");
}

TEST(ConfiguredEndpoint, OfTheServicesThatGiveCredentialsHasTheSameSources) {
    struct {
        service which;
        const char* variable;
        const char* in_file;
    } const cases[] = {
        {service::sso, "AWS_ENDPOINT_URL_SSO", "http://sso.file"},
        {service::sso_oidc, "AWS_ENDPOINT_URL_SSO_OIDC", "http://oidc.file"},
        {service::signin, "AWS_ENDPOINT_URL_SIGNIN", "http://signin.file"},
    };
    for (const auto& [which, variable, in_file] : cases) {
        EXPECT_EQ(found(which, {{variable, "http://env"}}, "lab"),
                  std::string{"http://env from "} + variable);
        EXPECT_EQ(found(which, {{"AWS_ENDPOINT_URL", "http://all.env"}}, "lab"),
                  "http://all.env from AWS_ENDPOINT_URL");
        EXPECT_EQ(found(which, {}, "lab"),
                  std::string{in_file} + " from services lab in ~/.aws/config");
        EXPECT_EQ(found(which, {}, "plain"),
                  "http://plain.file from profile plain in ~/.aws/config");
    }
    EXPECT_EQ(found(service::sso_oidc, {}, "new"),
              "http://underscore.file from services new in ~/.aws/config");
}

TEST(ConfiguredEndpoint, IsAbsentWithoutASetting) {
    EXPECT_EQ(found(service::sqs, {}, "none"), "none");
    EXPECT_EQ(found(service::sqs, {}, "no such profile"), "none");
    EXPECT_EQ(found(service::sqs, {{"AWS_ENDPOINT_URL", ""}}, "none"), "none");
}

TEST(ConfiguredEndpoint, InAServicesSectionThatIsMissingIsAnError) {
    EXPECT_THAT(found(service::sqs, {}, "broken"),
                HasSubstr("There is no section [services missing], which profile broken in "
                          "~/.aws/config names"));
}

TEST(ConfiguredEndpoint, IsCheckedWithoutBeingShown) {
    EXPECT_FALSE(check_endpoint({"http://localhost:4566", "AWS_ENDPOINT_URL"}));
    for (const char* url : {"localhost:4566", "https://me:hunter2@h", "https://h?token=hunter2"}) {
        const auto error = check_endpoint({url, "AWS_ENDPOINT_URL"});
        ASSERT_TRUE(error) << url;
        EXPECT_THAT(error->message, HasSubstr("AWS_ENDPOINT_URL"));
        EXPECT_THAT(error->message, Not(HasSubstr("hunter2")));
    }
}

} // namespace
} // namespace redrive::auth
