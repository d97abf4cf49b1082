#include "auth/endpoint_rules.hpp"

#include <gtest/gtest.h>

#include "redrive/endpoint.hpp"

namespace redrive::auth {
namespace {

struct rule_case {
    service which;
    endpoint_params params;
    const char* url;
    const char* signing_region;
};

constexpr bool fips = true, dual = true, no = false;

TEST(EndpointRules, FindTheHostOfARegion) {
    const rule_case cases[] = {
        {service::sqs,
         {"us-east-1", no, no, ""},
         "https://sqs.us-east-1.amazonaws.com",
         "us-east-1"},
        {service::sqs,
         {"us-east-1", fips, no, ""},
         "https://sqs-fips.us-east-1.amazonaws.com",
         "us-east-1"},
        {service::sqs, {"us-east-1", no, dual, ""}, "https://sqs.us-east-1.api.aws", "us-east-1"},
        {service::sqs,
         {"us-east-1", fips, dual, ""},
         "https://sqs-fips.us-east-1.api.aws",
         "us-east-1"},
        {service::sqs,
         {"cn-north-1", no, no, ""},
         "https://sqs.cn-north-1.amazonaws.com.cn",
         "cn-north-1"},
        {service::sqs,
         {"cn-north-1", fips, dual, ""},
         "https://sqs-fips.cn-north-1.api.amazonwebservices.com.cn",
         "cn-north-1"},
        {service::sqs,
         {"us-gov-west-1", no, no, ""},
         "https://sqs.us-gov-west-1.amazonaws.com",
         "us-gov-west-1"},
        {service::sqs,
         {"us-gov-west-1", fips, no, ""},
         "https://sqs.us-gov-west-1.amazonaws.com",
         "us-gov-west-1"},
        {service::sqs,
         {"us-gov-west-1", fips, dual, ""},
         "https://sqs-fips.us-gov-west-1.api.aws",
         "us-gov-west-1"},
        {service::sqs,
         {"eusc-de-east-1", no, no, ""},
         "https://sqs.eusc-de-east-1.amazonaws.eu",
         "eusc-de-east-1"},
        {service::sqs,
         {"us-iso-east-1", fips, no, ""},
         "https://sqs-fips.us-iso-east-1.c2s.ic.gov",
         "us-iso-east-1"},
        {service::sqs,
         {"us-isob-east-1", no, no, ""},
         "https://sqs.us-isob-east-1.sc2s.sgov.gov",
         "us-isob-east-1"},
        {service::sqs,
         {"eu-isoe-west-1", no, no, ""},
         "https://sqs.eu-isoe-west-1.cloud.adc-e.uk",
         "eu-isoe-west-1"},
        {service::sqs,
         {"us-isof-south-1", no, dual, ""},
         "https://sqs.us-isof-south-1.api.aws.hci.ic.gov",
         "us-isof-south-1"},
        {service::sqs,
         {"aws-global", no, no, ""},
         "https://sqs.aws-global.amazonaws.com",
         "aws-global"},
        {service::sqs, {"lab", no, no, ""}, "https://sqs.lab.amazonaws.com", "lab"},
        {service::sts,
         {"eu-west-1", no, no, ""},
         "https://sts.eu-west-1.amazonaws.com",
         "eu-west-1"},
        {service::sts,
         {"us-east-1", fips, no, ""},
         "https://sts-fips.us-east-1.amazonaws.com",
         "us-east-1"},
        {service::sts,
         {"us-east-1", fips, dual, ""},
         "https://sts-fips.us-east-1.api.aws",
         "us-east-1"},
        {service::sts,
         {"us-gov-east-1", fips, no, ""},
         "https://sts.us-gov-east-1.amazonaws.com",
         "us-gov-east-1"},
        {service::sts, {"aws-global", no, no, ""}, "https://sts.amazonaws.com", "us-east-1"},
        {service::sso,
         {"eu-west-1", no, no, ""},
         "https://portal.sso.eu-west-1.amazonaws.com",
         "eu-west-1"},
        {service::sso,
         {"eu-west-1", fips, no, ""},
         "https://portal.sso-fips.eu-west-1.amazonaws.com",
         "eu-west-1"},
        {service::sso,
         {"eu-west-1", fips, dual, ""},
         "https://portal.sso-fips.eu-west-1.api.aws",
         "eu-west-1"},
        {service::sso,
         {"us-gov-west-1", fips, no, ""},
         "https://portal.sso.us-gov-west-1.amazonaws.com",
         "us-gov-west-1"},
        {service::sso,
         {"cn-north-1", no, dual, ""},
         "https://portal.sso.cn-north-1.api.amazonwebservices.com.cn",
         "cn-north-1"},
        {service::sso_oidc,
         {"eu-west-1", no, no, ""},
         "https://oidc.eu-west-1.amazonaws.com",
         "eu-west-1"},
        {service::sso_oidc,
         {"us-east-2", fips, no, ""},
         "https://oidc-fips.us-east-2.amazonaws.com",
         "us-east-2"},
        {service::signin,
         {"us-east-1", no, no, ""},
         "https://us-east-1.signin.aws.amazon.com",
         "us-east-1"},
        {service::signin,
         {"cn-north-1", no, no, ""},
         "https://cn-north-1.signin.amazonaws.com.cn",
         "cn-north-1"},
        {service::signin,
         {"us-gov-west-1", fips, no, ""},
         "https://signin-fips.us-gov-west-1.amazonaws.com",
         "us-gov-west-1"},
        {service::signin,
         {"us-east-1", no, dual, ""},
         "https://signin.us-east-1.api.aws",
         "us-east-1"},
    };
    for (const auto& expected : cases) {
        const auto found = resolve_endpoint(expected.which, expected.params);
        ASSERT_TRUE(found) << expected.url;
        EXPECT_EQ(found->url, expected.url);
        EXPECT_EQ(found->signing_region, expected.signing_region);
        EXPECT_TRUE(parse_endpoint(found->url)) << expected.url;
    }
}

TEST(EndpointRules, TakeAnOverrideAsItIs) {
    const auto with_region =
        resolve_endpoint(service::sqs, {"eu-west-1", no, no, "http://localhost:4566/base/"});
    ASSERT_TRUE(with_region);
    EXPECT_EQ(with_region->url, "http://localhost:4566/base/");
    EXPECT_EQ(with_region->signing_region, "eu-west-1");
    const auto without = resolve_endpoint(service::sts, {"", no, no, "https://example.com"});
    ASSERT_TRUE(without);
    EXPECT_EQ(without->url, "https://example.com");
}

TEST(EndpointRules, RefuseInTheWordsOfTheServiceModel) {
    struct {
        endpoint_params params;
        const char* message;
    } const cases[] = {
        {{"us-east-1", fips, no, "https://example.com"},
         "Invalid Configuration: FIPS and custom endpoint are not supported"},
        {{"us-east-1", fips, dual, "https://example.com"},
         "Invalid Configuration: FIPS and custom endpoint are not supported"},
        {{"us-east-1", no, dual, "https://example.com"},
         "Invalid Configuration: Dualstack and custom endpoint are not supported"},
        {{"", no, no, ""}, "Invalid Configuration: Missing Region"},
        {{"", fips, dual, ""}, "Invalid Configuration: Missing Region"},
    };
    for (const auto& expected : cases)
        for (const auto which :
             {service::sqs, service::sts, service::sso, service::sso_oidc, service::signin}) {
            const auto found = resolve_endpoint(which, expected.params);
            ASSERT_FALSE(found) << expected.message;
            EXPECT_EQ(found.error().message, expected.message);
        }
}

TEST(EndpointRules, NeverLetARegionNameAnotherHost) {
    for (const char* region : {"evil.example/", "a.b", "a@b", "-a", "123", "a b", "a\r\nb", "a#"}) {
        EXPECT_FALSE(resolve_endpoint(service::sqs, {region, no, no, ""})) << region;
        EXPECT_FALSE(resolve_endpoint(service::sts, {region, no, no, "http://h"})) << region;
        EXPECT_FALSE(resolve_endpoint(service::signin, {region, no, no, ""})) << region;
    }
}

} // namespace
} // namespace redrive::auth
