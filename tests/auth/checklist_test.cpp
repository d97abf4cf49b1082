#include <gmock/gmock.h>

#include <string>

#include "auth/container.hpp"
#include "auth/identity.hpp"
#include "auth/metadata_service.hpp"
#include "auth/profile_chain.hpp"
#include "auth/security_token_service.hpp"
#include "auth/settings.hpp"
#include "auth/source_rig.hpp"
#include "auth/static_credentials.hpp"
#include "support/read_or_refused.hpp"

namespace redrive::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// What is easy to get wrong in a configuration of AWS and in where credentials come from; each name
// has its item's number and says how it is right. From a file to what a client would do, unlike the
// tests of the parts.

shared_config files(const std::string& config, const std::string& credentials = {}) {
    auto parsed =
        shared_config::parse({config, "~/.aws/config"}, {credentials, "~/.aws/credentials"});
    EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().message);
    return parsed ? *std::move(parsed) : shared_config{};
}

// The URL of SQS in a region with what the environment and the default profile say, or the error.
std::string sqs_url(environment::variables variables,
                    std::string_view region,
                    const std::string& config = {}) {
    const auto values = resolve_selected_settings(
        {}, environment{std::move(variables)}, files(config), std::nullopt);
    if (!values) return values.error().message;
    const auto found = values->endpoint_in(service::sqs, region);
    return found ? found->url : found.error().message;
}

TEST(Checklist, Item10ACommentNeedsABlankInAPropertyNoneBehindASectionAndAContinuationHasNone) {
    const auto config = files("[profile a];comment\n"
                              "region = eu-west-1#not ;comment\n"
                              "services = a ; comment\n"
                              "  b # not a comment\n"
                              "# comment\n"
                              "  ; nor this\n");
    const auto* a = config.profile("a");
    ASSERT_NE(a, nullptr);
    EXPECT_EQ(a->get("region"), "eu-west-1#not");
    EXPECT_EQ(a->get("services"), "a\nb # not a comment\n; nor this");
}

TEST(Checklist, Item11TheDefaultProfileWithItsPrefixBeatsTheOneWithoutInEitherOrder) {
    const std::string bare = "[default]\nregion = us-east-1\nca_bundle = /bare.pem\n";
    const std::string prefixed = "[profile default]\nregion = eu-west-1\n";
    for (const auto& text : {bare + prefixed, prefixed + bare}) {
        const auto config = files(text);
        const auto values = resolve_settings(
            {}, environment{environment::variables{}}, config, config.profile("default"));
        ASSERT_TRUE(values);
        EXPECT_EQ(values->region.value, "eu-west-1") << text;
        EXPECT_EQ(values->ca_bundle.value, "") << text;
    }
}

TEST(Checklist, Item12TheSelectedProfilePrefersItsRoleAndASourceProfileItsKeys) {
    const std::string both = "role_arn = arn:role\nsource_profile = b\n"
                             "aws_access_key_id = AKIDA\naws_secret_access_key = s\n";
    const auto config =
        files("[profile root]\nrole_arn = arn:root\nsource_profile = a\n[profile a]\n" + both +
              "[profile b]\naws_access_key_id = AKIDB\n"
              "aws_secret_access_key = s\n");
    const auto as_root = resolve_profile_chain(config, "a");
    ASSERT_TRUE(as_root);
    EXPECT_EQ(std::get<static_keys>(as_root->base).keys.access_key_id, "AKIDB");
    EXPECT_EQ(as_root->roles.size(), 1U);
    const auto as_source = resolve_profile_chain(config, "root");
    ASSERT_TRUE(as_source);
    EXPECT_EQ(std::get<static_keys>(as_source->base).keys.access_key_id, "AKIDA");
    ASSERT_EQ(as_source->roles.size(), 1U);
    EXPECT_EQ(as_source->roles[0].role_arn, "arn:root");
}

TEST(Checklist, Item15TheEnvironmentsUrlForAllServicesBeatsTheFilesUrlForTheService) {
    const std::string config = "[default]\nservices = lab\n"
                               "[services lab]\nsqs =\n  endpoint_url = http://file\n";
    EXPECT_EQ(sqs_url({}, "eu-west-1", config), "http://file");
    EXPECT_EQ(sqs_url({{"AWS_ENDPOINT_URL", "http://env"}}, "eu-west-1", config), "http://env");
}

TEST(Checklist, Item16FipsInGovCloudIsTheUsualHost) {
    const environment::variables fips{{"AWS_USE_FIPS_ENDPOINT", "true"}};
    EXPECT_EQ(sqs_url(fips, "us-gov-west-1"), "https://sqs.us-gov-west-1.amazonaws.com");
    EXPECT_EQ(sqs_url(fips, "us-west-2"), "https://sqs-fips.us-west-2.amazonaws.com");
}

TEST(Checklist, Item17FipsAndDualStackWithAUrlOfOnesOwnAreErrors) {
    for (const char* url : {"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SQS"}) {
        EXPECT_EQ(sqs_url({{"AWS_USE_FIPS_ENDPOINT", "true"}, {url, "http://h"}}, "eu-west-1"),
                  "Invalid Configuration: FIPS and custom endpoint are not supported");
        EXPECT_EQ(sqs_url({{"AWS_USE_DUALSTACK_ENDPOINT", "true"}, {url, "http://h"}}, "eu-west-1"),
                  "Invalid Configuration: Dualstack and custom endpoint are not supported");
    }
    EXPECT_EQ(sqs_url({{"AWS_ENDPOINT_URL", "http://h"}},
                      "eu-west-1",
                      "[default]\nregion = us-east-1-fips\n"),
              "Invalid Configuration: FIPS and custom endpoint are not supported");
}

TEST(Checklist, Item19TheMetadataServiceIsAskedOnceWhenItIsSilentAndAgainWhenItFails) {
    const auto asked = [](net::fetched reply) {
        source_rig it;
        for (int i = 0; i < 9; ++i)
            it.answer(reply);
        metadata_service imds{it.context, it.config};
        EXPECT_FALSE(it.run(imds.credentials()));
        return it.net->asked.size();
    };
    EXPECT_EQ(asked(unanswered(client_errc::connect_timeout)), 1u);
    EXPECT_EQ(asked(unanswered(client_errc::read_timeout)), 1u);
    EXPECT_EQ(asked(replied(503)), 4u);
}

TEST(Checklist, Item20TheTokenFileOfAContainerIsReadForEachLoadAndKeepsItsBlanks) {
    source_rig it;
    it.set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/a");
    it.set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token");
    const auto shown = [&it](const std::string& text) {
        it.write("/token", text);
        it.answer(replied(200, machine_keys));
        const auto found = it.run(container_credentials(it.context, it.config));
        return found ? header_of(it.net->asked.back(), "authorization") : found.error().message;
    };
    EXPECT_EQ(shown(" one "), " one ");
    EXPECT_EQ(shown("two"), "two");
    EXPECT_THAT(shown("three\n"), HasSubstr("line feed")) << "which no header may have";
}

TEST(Checklist, Item22ATokenOfFourKibibytesIsTakenFromEverySourceAndALongerOneFromNone) {
    role_step role;
    role.role_arn = "arn:role";
    const credentials keys{"AKID", secret_text{"s"}};
    for (const std::size_t size : {4096u, 4097u}) {
        const std::string token(size, 't');
        const bool fits = size == 4096;
        const environment env{{{"AWS_ACCESS_KEY_ID", "AKIDENV"},
                               {"AWS_SECRET_ACCESS_KEY", "s"},
                               {"AWS_SESSION_TOKEN", token}}};
        EXPECT_EQ(environment_credentials(env).has_value(), fits);
        const auto config = files("[default]\naws_access_key_id = AKID\n"
                                  "aws_secret_access_key = s\naws_session_token = " +
                                  token + "\n");
        EXPECT_EQ(resolve_profile_chain(config, "default").has_value(), fits);
        source_rig it;
        it.answer(replied(200, with(role_keys, "t0k3n", token)));
        EXPECT_EQ(it.run(assume_role(it.context, it.config, keys, role)).has_value(), fits);
        it.set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/a");
        it.answer(replied(200, with(machine_keys, "t0k3n", token)));
        EXPECT_EQ(it.run(container_credentials(it.context, it.config)).has_value(), fits);
    }
}

TEST(Checklist, Item23AMissingProfileIsAnErrorWhenGivenAndAWarningWhenTheEnvironmentNamesIt) {
    const auto config = files("[default]\nregion = eu-west-1\n");
    const environment env{{{"AWS_PROFILE", "gone"},
                           {"AWS_ACCESS_KEY_ID", "AKIDENV"},
                           {"AWS_SECRET_ACCESS_KEY", "s"}}};
    const auto given = load_identity(env, config, "gone");
    ASSERT_FALSE(given);
    EXPECT_EQ(given.error().code, client_errc::bad_configuration);
    const auto by_variable = load_identity(env, config, std::nullopt);
    ASSERT_TRUE(by_variable);
    EXPECT_EQ(by_variable->keys->keys.access_key_id, "AKIDENV");
    EXPECT_EQ(by_variable->region(), "");
    EXPECT_THAT(by_variable->config.warnings, ElementsAre(HasSubstr("no profile 'gone'")));
    // To the search for credentials such a profile is a source that has none.
    EXPECT_EQ(resolve_profile_chain(config, "gone").error().code, client_errc::no_credentials);
}

} // namespace
} // namespace redrive::auth
