#include "auth/settings.hpp"

#include <gmock/gmock.h>

#include <string>

namespace redrive::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Settings of profile `p`, whose properties are `properties`.
result<settings> resolved(const setting_overrides& overrides,
                          environment::variables variables,
                          const std::string& properties = {}) {
    const auto config = shared_config::parse({"[profile p]\n" + properties, "~/.aws/config"}, {});
    return resolve_settings(
        overrides, environment{std::move(variables)}, *config, config->profile("p"));
}

std::string message_of(const result<settings>& outcome) {
    return outcome ? "no error" : outcome.error().message;
}

TEST(Settings, HaveDefaultsWithoutAnySource) {
    const auto defaults = resolve_settings({}, environment{environment::variables{}}, {}, nullptr);
    ASSERT_TRUE(defaults);
    EXPECT_EQ(defaults->region.value, "");
    EXPECT_EQ(defaults->region.source, "");
    EXPECT_EQ(defaults->sqs_endpoint_url.value, "");
    EXPECT_EQ(defaults->ca_bundle.value, "");
    EXPECT_EQ(defaults->max_attempts.value, 3U);
    EXPECT_EQ(defaults->max_attempts.source, "default");
    EXPECT_EQ(defaults->mode.value, retry_mode::standard);
    EXPECT_EQ(defaults->retry_version.value, flow::retry_version::v2_1);
    EXPECT_FALSE(defaults->use_fips.value);
    EXPECT_FALSE(defaults->use_dualstack.value);
    EXPECT_FALSE(defaults->disable_clock_skew_correction.value);
    EXPECT_THAT(defaults->warnings, IsEmpty());
}

TEST(Settings, TakeEachValueFromTheProfile) {
    const auto profile = resolved({},
                                  {},
                                  "region = eu-west-1\n"
                                  "endpoint_url = http://localhost:4566\n"
                                  "ca_bundle = /etc/ca.pem\n"
                                  "use_fips_endpoint = true\n"
                                  "use_dualstack_endpoint = True\n"
                                  "max_attempts = 7\n"
                                  "retry_mode = Adaptive\n"
                                  "disable_clock_skew_correction = true\n"
                                  "sdk_ua_app_id = my-app\n");
    ASSERT_TRUE(profile) << message_of(profile);
    EXPECT_EQ(profile->region.value, "eu-west-1");
    EXPECT_EQ(profile->region.source, "profile p in ~/.aws/config");
    EXPECT_EQ(profile->sqs_endpoint_url.value, "http://localhost:4566");
    EXPECT_EQ(profile->sts_endpoint_url.value, "http://localhost:4566");
    EXPECT_EQ(profile->ca_bundle.value, "/etc/ca.pem");
    EXPECT_TRUE(profile->use_fips.value);
    EXPECT_TRUE(profile->use_dualstack.value);
    EXPECT_EQ(profile->max_attempts.value, 7U);
    EXPECT_EQ(profile->mode.value, retry_mode::adaptive);
    EXPECT_TRUE(profile->disable_clock_skew_correction.value);
    EXPECT_EQ(profile->sdk_ua_app_id.value, "my-app");
    EXPECT_EQ(profile->retry().max_attempts, 7U);
}

TEST(Settings, PreferTheEnvironmentPerField) {
    const auto both = resolved({},
                               {{"AWS_REGION", "us-east-1"},
                                {"AWS_MAX_ATTEMPTS", " 5 "},
                                {"AWS_CA_BUNDLE", "/env/ca.pem"},
                                {"AWS_USE_FIPS_ENDPOINT", "false"},
                                {"AWS_SDK_UA_APP_ID", "env-app"}},
                               "region = eu-west-1\nmax_attempts = 7\nretry_mode = adaptive\n"
                               "ca_bundle = /etc/ca.pem\nuse_fips_endpoint = true\n");
    ASSERT_TRUE(both) << message_of(both);
    EXPECT_EQ(both->region.value, "us-east-1");
    EXPECT_EQ(both->region.source, "AWS_REGION");
    EXPECT_EQ(both->max_attempts.value, 5U);
    EXPECT_EQ(both->mode.value, retry_mode::adaptive);
    EXPECT_EQ(both->ca_bundle.source, "AWS_CA_BUNDLE");
    EXPECT_FALSE(both->use_fips.value);
    EXPECT_EQ(both->use_fips.source, "AWS_USE_FIPS_ENDPOINT");
    EXPECT_EQ(both->sdk_ua_app_id.value, "env-app");
}

TEST(Settings, AskForTheRegionInTheUsualOrder) {
    EXPECT_EQ(resolved({}, {{"AWS_REGION", "a"}, {"AWS_DEFAULT_REGION", "b"}}, "region = c")
                  ->region.value,
              "a");
    EXPECT_EQ(
        resolved({}, {{"AWS_REGION", ""}, {"AWS_DEFAULT_REGION", "b"}}, "region = c")->region.value,
        "b");
    EXPECT_EQ(resolved({}, {{"AWS_DEFAULT_REGION", " "}}, "region = c")->region.value, "c");
}

TEST(Settings, LetTheCallersOwnValuesWin) {
    setting_overrides overrides;
    overrides.region = {"ap-south-1", "--region"};
    overrides.sqs_endpoint_url = {"http://localhost:9324", "--endpoint-url"};
    overrides.ca_bundle = {"/flag/ca.pem", "--ca-bundle"};
    overrides.max_attempts = {1, "client option"};
    overrides.mode = {retry_mode::standard, "client option"};
    overrides.use_fips = {false, "client option"};
    const auto mine = resolved(overrides,
                               {{"AWS_REGION", "us-east-1"},
                                {"AWS_ENDPOINT_URL", "http://env"},
                                {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"},
                                {"AWS_MAX_ATTEMPTS", "nonsense"},
                                {"AWS_RETRY_MODE", "nonsense"},
                                {"AWS_CA_BUNDLE", "/env/ca.pem"},
                                {"AWS_USE_FIPS_ENDPOINT", "true"}});
    ASSERT_TRUE(mine) << message_of(mine);
    EXPECT_EQ(mine->region.source, "--region");
    EXPECT_EQ(mine->sqs_endpoint_url.value, "http://localhost:9324");
    EXPECT_EQ(mine->sts_endpoint_url.value, "");
    EXPECT_EQ(mine->ca_bundle.value, "/flag/ca.pem");
    EXPECT_EQ(mine->max_attempts.value, 1U);
    EXPECT_EQ(mine->mode.value, retry_mode::standard);
    EXPECT_FALSE(mine->use_fips.value);
}

TEST(Settings, IgnoreConfiguredEndpointsWhenTheEnvironmentOrTheProfileSaysSo) {
    const auto url = [](environment::variables variables, const char* properties) {
        variables["AWS_ENDPOINT_URL_SQS"] = "http://env";
        const auto found = resolved({}, std::move(variables), properties);
        return found->sqs_endpoint_url.value + found->sts_endpoint_url.value;
    };
    const char* in_file = "ignore_configured_endpoint_urls = TRUE\nendpoint_url = http://file\n";
    EXPECT_EQ(url({}, in_file), "");
    EXPECT_EQ(url({{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"}}, ""), "");
    EXPECT_EQ(url({{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false"}}, in_file),
              "http://envhttp://file");
    setting_overrides overrides;
    overrides.sqs_endpoint_url = {"http://mine", "--endpoint-url"};
    EXPECT_EQ(resolved(overrides, {}, in_file)->sqs_endpoint_url.value, "http://mine");
}

TEST(Settings, TakeTheRegionOfASourceProfileWhenTheProfileHasNone) {
    const auto region = [](const char* rest) {
        const auto found = resolved({}, {}, rest);
        return found->region.value + " from " + found->region.source;
    };
    EXPECT_EQ(region("source_profile = q\n[profile q]\nsource_profile = r\n"
                     "[profile r]\nregion = eu-west-1\n"),
              "eu-west-1 from profile r in ~/.aws/config");
    EXPECT_EQ(region("region = us-east-1\nsource_profile = q\n[profile q]\nregion = eu-west-1\n"),
              "us-east-1 from profile p in ~/.aws/config");
    EXPECT_EQ(region("source_profile = q\n[profile q]\nsource_profile = p\n"), " from ");
    EXPECT_EQ(region("source_profile = p\n"), " from ");
    EXPECT_EQ(region("source_profile = gone\n"), " from ");
}

TEST(Settings, TakeARegionThatSaysFipsForTheRegionAndFips) {
    for (const char* text : {"fips-us-gov-west-1", "us-gov-west-1-fips"}) {
        const auto found = resolved({}, {{"AWS_REGION", text}, {"AWS_USE_FIPS_ENDPOINT", "false"}});
        ASSERT_TRUE(found) << text;
        EXPECT_EQ(found->region.value, "us-gov-west-1");
        EXPECT_TRUE(found->use_fips.value);
        EXPECT_EQ(found->use_fips.source, "AWS_REGION");
    }
    EXPECT_THAT(message_of(resolved({}, {{"AWS_REGION", "fips-1"}})), HasSubstr("region '1'"));
    const auto elsewhere = resolved({}, {})->endpoint_in(service::sqs, "fips-us-east-1");
    EXPECT_EQ(elsewhere->url, "https://sqs-fips.us-east-1.amazonaws.com");
    EXPECT_EQ(elsewhere->signing_region, "us-east-1");
    EXPECT_EQ(resolved({}, {{"AWS_REGION", "fipsland-1"}})->region.value, "fipsland-1");
}

TEST(Settings, SendOldRegionsToTheGlobalStsOnlyWhenAskedTo) {
    const auto sts = [](const char* mode, const char* region) {
        const auto found = resolved({}, {}, std::string{"sts_regional_endpoints = "} + mode);
        const auto where = found->endpoint_in(service::sts, region);
        return where->url + " as " + where->signing_region;
    };
    EXPECT_EQ(sts("Legacy", "eu-west-1"), "https://sts.amazonaws.com as us-east-1");
    EXPECT_EQ(sts("legacy", "ap-east-1"), "https://sts.ap-east-1.amazonaws.com as ap-east-1");
    EXPECT_EQ(sts("regional", "eu-west-1"), "https://sts.eu-west-1.amazonaws.com as eu-west-1");
    EXPECT_THAT(message_of(resolved({}, {{"AWS_STS_REGIONAL_ENDPOINTS", "global"}})),
                HasSubstr("The choice of STS endpoints 'global' from AWS_STS_REGIONAL_ENDPOINTS"));
    const auto sqs = resolved({}, {{"AWS_STS_REGIONAL_ENDPOINTS", "legacy"}});
    EXPECT_EQ(sqs->endpoint_in(service::sqs, "eu-west-1")->url,
              "https://sqs.eu-west-1.amazonaws.com");
}

TEST(Settings, SayWhereInstanceMetadataIs) {
    const auto metadata = [](environment::variables variables, const char* properties = "") {
        const auto found = resolved({}, std::move(variables), properties);
        if (!found) return found.error().message;
        const auto& url = found->ec2_metadata_service_endpoint;
        return url.value + " from " + url.source;
    };
    EXPECT_EQ(metadata({}), "http://169.254.169.254 from default");
    EXPECT_EQ(metadata({{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ipv6"}}),
              "http://[fd00:ec2::254] from AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
    EXPECT_EQ(metadata({}, "ec2_metadata_service_endpoint_mode = IPv6\n"),
              "http://[fd00:ec2::254] from profile p in ~/.aws/config");
    EXPECT_EQ(metadata({{"AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://localhost:1"},
                        {"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv6"}},
                       "ec2_metadata_service_endpoint = http://localhost:2\n"),
              "http://localhost:1 from AWS_EC2_METADATA_SERVICE_ENDPOINT");
    EXPECT_THAT(metadata({{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5"}}),
                HasSubstr("The mode of instance metadata 'IPv5'"));
    EXPECT_THAT(metadata({}, "ec2_metadata_service_endpoint = localhost\n"),
                HasSubstr("The endpoint URL from profile p"));

    const auto off =
        resolved({}, {{"AWS_EC2_METADATA_DISABLED", "TRUE"}}, "ec2_instance_profile_name = mine\n");
    EXPECT_TRUE(off->ec2_metadata_disabled.value);
    EXPECT_EQ(off->ec2_instance_profile_name.value, "mine");
    EXPECT_EQ(
        resolved({}, {{"AWS_EC2_INSTANCE_PROFILE_NAME", "env"}})->ec2_instance_profile_name.source,
        "AWS_EC2_INSTANCE_PROFILE_NAME");
}

TEST(Settings, MissAProfileThatWasGivenAndWarnOfOneThatTheEnvironmentSelects) {
    const auto config = shared_config::parse({"[profile p]\nregion = eu-west-1", "C"}, {});
    const auto of = [&](environment::variables variables,
                        const std::optional<sourced<std::string>>& given) {
        return resolve_selected_settings({}, environment{std::move(variables)}, *config, given);
    };
    const sourced<std::string> missing{"gone", "--profile"};
    EXPECT_THAT(message_of(of({}, missing)), HasSubstr("The profile 'gone' from --profile"));
    const auto selected = of({{"AWS_PROFILE", "gone"}}, std::nullopt);
    ASSERT_TRUE(selected);
    EXPECT_EQ(selected->profile.value, "gone");
    EXPECT_EQ(selected->region.value, "");
    EXPECT_THAT(selected->warnings, ElementsAre(HasSubstr("'gone', which AWS_PROFILE selects")));
    const auto usual = of({}, std::nullopt);
    EXPECT_THAT(usual->warnings, IsEmpty());
    EXPECT_EQ(usual->profile.source, "default");
    EXPECT_EQ(of({{"AWS_PROFILE", "p"}}, std::nullopt)->region.value, "eu-west-1");
}

TEST(Settings, RefuseBadValuesAndNameTheirSource) {
    struct {
        environment::variables variables;
        const char* properties;
        const char* message;
    } const cases[] = {
        {{{"AWS_REGION", "evil.example/"}}, "", "The region 'evil.example/' from AWS_REGION"},
        {{}, "region = a b", "The region 'a b' from profile p in ~/.aws/config"},
        {{{"AWS_MAX_ATTEMPTS", "0"}}, "", "The number of attempts '0' from AWS_MAX_ATTEMPTS"},
        {{{"AWS_MAX_ATTEMPTS", "-1"}}, "", "'-1' from AWS_MAX_ATTEMPTS"},
        {{{"AWS_MAX_ATTEMPTS", "3.5"}}, "", "'3.5' from AWS_MAX_ATTEMPTS"},
        {{{"AWS_MAX_ATTEMPTS", "99999999999"}}, "", "'99999999999' from AWS_MAX_ATTEMPTS"},
        {{}, "max_attempts = three", "'three' from profile p in ~/.aws/config"},
        {{{"AWS_RETRY_MODE", "fast"}}, "", "The retry mode 'fast' from AWS_RETRY_MODE"},
        {{{"AWS_ENDPOINT_URL", "localhost"}}, "", "The endpoint URL from AWS_ENDPOINT_URL"},
        {{}, "endpoint_url = ftp://h", "The endpoint URL from profile p in ~/.aws/config"},
        {{}, "services = gone", "There is no section [services gone]"},
    };
    for (const auto& expected : cases) {
        const auto outcome = resolved({}, expected.variables, expected.properties);
        ASSERT_FALSE(outcome) << expected.message;
        EXPECT_THAT(outcome.error().message, HasSubstr(expected.message));
        EXPECT_EQ(outcome.error().code, client_errc::bad_configuration);
    }
}

TEST(Settings, RefuseBadValuesOfTheCallerToo) {
    setting_overrides overrides;
    overrides.region = {"", "--region"};
    EXPECT_THAT(message_of(resolved(overrides, {})), HasSubstr("The region '' from --region"));
    overrides = {};
    overrides.sqs_endpoint_url = {"", "--endpoint-url"};
    EXPECT_THAT(message_of(resolved(overrides, {})), HasSubstr("--endpoint-url"));
    overrides = {};
    overrides.max_attempts = {0, "client option"};
    EXPECT_THAT(message_of(resolved(overrides, {})), HasSubstr("client option"));
    overrides = {};
    overrides.ca_bundle = {std::string(5000, 'p'), "--ca-bundle"};
    EXPECT_THAT(message_of(resolved(overrides, {})), HasSubstr("--ca-bundle"));
}

TEST(Settings, TakeOddBooleansForUnsetAndWarn) {
    const auto odd =
        resolved({}, {{"AWS_USE_FIPS_ENDPOINT", "yes"}, {"AWS_NEW_RETRIES_2026", "no"}});
    ASSERT_TRUE(odd);
    EXPECT_FALSE(odd->use_fips.value);
    EXPECT_EQ(odd->use_fips.source, "default");
    EXPECT_EQ(odd->retry_version.value, flow::retry_version::v2_1);
    EXPECT_THAT(odd->warnings,
                ElementsAre(HasSubstr("'yes' from AWS_USE_FIPS_ENDPOINT"),
                            HasSubstr("'no' from AWS_NEW_RETRIES_2026")));
}

TEST(Settings, ChooseTheOldRetryRulesOnlyWhenTheNewOnesAreTurnedOff) {
    const auto version = [](const char* text) {
        return resolved({}, {{"AWS_NEW_RETRIES_2026", text}})->retry().version;
    };
    EXPECT_EQ(version("False"), flow::retry_version::v2_0);
    EXPECT_EQ(version("TRUE"), flow::retry_version::v2_1);
    EXPECT_EQ(version(""), flow::retry_version::v2_1);
}

TEST(Settings, TakeTheLegacyRetryModeForStandard) {
    const auto legacy = resolved({}, {{"AWS_RETRY_MODE", " LEGACY "}});
    ASSERT_TRUE(legacy);
    EXPECT_EQ(legacy->mode.value, retry_mode::standard);
    EXPECT_EQ(legacy->mode.source, "AWS_RETRY_MODE");
    EXPECT_EQ(to_string(retry_mode::standard), "standard");
    EXPECT_EQ(to_string(retry_mode::adaptive), "adaptive");
}

TEST(Settings, DropAnApplicationIdThatCannotStandInAHeaderAndWarnOfALongOne) {
    const auto app_id = [](std::string text) {
        return resolved({}, {{"AWS_SDK_UA_APP_ID", std::move(text)}});
    };
    for (const char* text : {"a b", "a\r\nX: y", "a/b", "\xc3\xa9"}) {
        const auto odd = app_id(text);
        EXPECT_EQ(odd->sdk_ua_app_id.value, "") << text;
        EXPECT_THAT(odd->warnings, ElementsAre(HasSubstr("AWS_SDK_UA_APP_ID"))) << text;
    }
    EXPECT_THAT(app_id(std::string(50, 'a'))->warnings, IsEmpty());
    const auto longer = app_id(std::string(51, 'a'));
    EXPECT_EQ(longer->sdk_ua_app_id.value.size(), 51U);
    EXPECT_THAT(longer->warnings, ElementsAre(HasSubstr("longer than 50")));
    EXPECT_EQ(app_id(std::string(257, 'a'))->sdk_ua_app_id.value, "");
}

TEST(Settings, LeadToTheEndpointOfAnyRegion) {
    const auto plain = resolved({}, {{"AWS_USE_DUALSTACK_ENDPOINT", "true"}});
    EXPECT_EQ(plain->endpoint_in(service::sqs, "eu-west-1")->url, "https://sqs.eu-west-1.api.aws");
    EXPECT_EQ(plain->endpoint_in(service::sts, "cn-north-1")->url,
              "https://sts.cn-north-1.api.amazonwebservices.com.cn");
    EXPECT_FALSE(plain->endpoint_in(service::sqs, "a.b"));

    const auto split = resolved({}, {{"AWS_ENDPOINT_URL_SQS", "http://localhost:4566"}});
    EXPECT_EQ(split->endpoint_in(service::sqs, "eu-west-1")->url, "http://localhost:4566");
    EXPECT_EQ(split->endpoint_in(service::sts, "eu-west-1")->url,
              "https://sts.eu-west-1.amazonaws.com");

    const auto sso = resolved({},
                              {{"AWS_ENDPOINT_URL_SSO", "http://localhost:1"},
                               {"AWS_ENDPOINT_URL_SSO_OIDC", "http://localhost:2"},
                               {"AWS_ENDPOINT_URL_SIGNIN", "http://localhost:3"}});
    EXPECT_EQ(sso->endpoint_in(service::sso, "eu-west-1")->url, "http://localhost:1");
    EXPECT_EQ(sso->endpoint_in(service::sso_oidc, "eu-west-1")->url, "http://localhost:2");
    EXPECT_EQ(sso->endpoint_in(service::signin, "eu-west-1")->url, "http://localhost:3");
    EXPECT_EQ(sso->endpoint_in(service::sqs, "eu-west-1")->url,
              "https://sqs.eu-west-1.amazonaws.com");
}

} // namespace
} // namespace redrive::auth
