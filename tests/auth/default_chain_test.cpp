#include "auth/default_chain.hpp"

#include <gmock/gmock.h>

#include "auth/source_rig.hpp"

namespace redrive::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

result<loaded_credentials> find(source_rig& it, std::optional<std::string> profile = {}) {
    return it.run(find_credentials(it.context, std::move(profile)));
}

std::string provider_of(const result<loaded_credentials>& found) {
    return found ? found->provider : "error: " + found.error().message;
}

std::vector<std::string> tried(const result<loaded_credentials>& found) {
    std::vector<std::string> out;
    if (!found)
        for (const auto& each : found.error().tried)
            out.push_back(each.provider);
    return out;
}

void set_keys(source_rig& it) {
    it.set("AWS_ACCESS_KEY_ID", "AKIDENV");
    it.set("AWS_SECRET_ACCESS_KEY", "hunter2");
}

TEST(DefaultChain, AsksTheEnvironmentThenTheProfileThenWebIdentityThenContainerThenMachine) {
    source_rig it;
    it.write("/token", "jwt");
    it.set("AWS_EC2_METADATA_DISABLED", "false");
    it.answer(replied(200, "token"));
    it.answer(replied(200, "role"));
    it.answer(replied(200, machine_keys));
    EXPECT_EQ(provider_of(find(it)), "imds");
    it.set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/a");
    it.answer(replied(200, machine_keys));
    EXPECT_EQ(provider_of(find(it)), "container");
    it.set("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
    it.set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r");
    it.answer(replied(200, role_keys));
    EXPECT_EQ(provider_of(find(it)), "web_identity");
    it.write("/home/.aws/credentials",
             "[default]\naws_access_key_id = A\naws_secret_access_key = s\n");
    EXPECT_EQ(provider_of(find(it)), "profile");
    set_keys(it);
    EXPECT_EQ(provider_of(find(it)), "environment");
}

TEST(DefaultChain, SaysOfEachWhyItHasNone) {
    source_rig it;
    it.set("AWS_EC2_METADATA_DISABLED", "TRUE");
    it.set("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
    const auto found = find(it);
    EXPECT_THAT(tried(found),
                ElementsAre("environment", "profile", "web_identity", "container", "imds"));
    EXPECT_EQ(found.error().code, client_errc::no_credentials);
    EXPECT_THAT(found.error().message, HasSubstr("AWS_ROLE_ARN is not set"));
    EXPECT_TRUE(it.net->asked.empty());
}

TEST(DefaultChain, StopsAtTheFirstThatFails) {
    source_rig broken;
    broken.write("/home/.aws/config", "[default\n");
    EXPECT_THAT(tried(find(broken)), ElementsAre("environment", "profile"));
    set_keys(broken); // which are asked first
    EXPECT_EQ(provider_of(find(broken)), "environment");

    source_rig half;
    half.write("/home/.aws/credentials", "[default]\naws_access_key_id = A\n");
    EXPECT_THAT(tried(find(half)), ElementsAre("environment", "profile"));

    source_rig demanded;
    demanded.set("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
    demanded.set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r");
    demanded.write("/home/.aws/config",
                   "[default]\nrole_arn = arn:aws:iam::123456789012:role/r\n"
                   "credential_source = EcsContainer\n");
    const auto found = find(demanded);
    EXPECT_THAT(provider_of(found), HasSubstr("provider was not enabled"));
    EXPECT_EQ(found.error().code, client_errc::credentials_failed);

    source_rig identity;
    identity.set("AWS_WEB_IDENTITY_TOKEN_FILE", "/gone");
    identity.set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r");
    EXPECT_THAT(tried(find(identity)), ElementsAre("environment", "profile", "web_identity"));
}

TEST(DefaultChain, GoesOnAfterAProfileThatGivesOnlyAToken) {
    source_rig it;
    it.write("/home/.aws/config",
             "[default]\nsso_session = s\n[sso-session s]\nsso_region = us-east-1\n"
             "sso_start_url = https://a.example/start\n");
    it.set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/a");
    it.answer(replied(200, machine_keys));
    EXPECT_EQ(provider_of(find(it)), "container");
}

TEST(DefaultChain, OfAGivenProfileAsksNobodyElse) {
    source_rig it;
    set_keys(it);
    it.set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/a");
    it.write("/home/.aws/config", "[profile empty]\nregion = eu-west-1\n");
    EXPECT_THAT(tried(find(it, "empty")), ElementsAre("profile"));
    EXPECT_THAT(tried(find(it, "gone")), ElementsAre("profile"));
    EXPECT_TRUE(it.net->asked.empty());
}

TEST(DefaultChain, AssumesTheRolesOfAProfileFromTheInnermostOutward) {
    source_rig it;
    it.write("/home/.aws/config",
             "[profile outer]\nrole_arn = arn:aws:iam::123456789012:role/outer\n"
             "source_profile = inner\nregion = eu-west-1\n"
             "[profile inner]\nrole_arn = arn:aws:iam::123456789012:role/inner\n"
             "source_profile = base\n"
             "[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n");
    it.answer(replied(200, role_keys));
    it.answer(replied(200, role_keys));
    const auto found = find(it, "outer");
    EXPECT_EQ(key_or_error(found), "ASIAROLE");
    ASSERT_EQ(it.net->asked.size(), 2u);
    EXPECT_THAT(it.net->asked[0].body, HasSubstr("role%2Finner"));
    EXPECT_THAT(header_of(it.net->asked[0], "authorization"), HasSubstr("AKIABASE/"));
    EXPECT_THAT(it.net->asked[1].body, HasSubstr("role%2Fouter"));
    EXPECT_THAT(header_of(it.net->asked[1], "authorization"), HasSubstr("ASIAROLE/"));
    EXPECT_EQ(it.net->asked[1].where.host, "sts.eu-west-1.amazonaws.com");
}

TEST(DefaultChain, RunsTheProgramOfAProfile) {
    source_rig it;
    it.context.time = real_time_source();
    it.write("/home/.aws/config",
             "[profile fine]\naws_account_id = 123456789012\ncredential_process = "
             "echo '{\"Version\":1,\"AccessKeyId\":\"AKIDRUN\",\"SecretAccessKey\":\"s\"}'\n"
             "[profile fails]\ncredential_process = echo sorry >&2; exit 3 # hunter2\n"
             "[profile odd]\ncredential_process = echo hunter2\n");
    const auto found = find(it, "fine");
    EXPECT_EQ(key_or_error(found), "AKIDRUN");
    EXPECT_EQ(found->keys.account_id, "123456789012");
    EXPECT_FALSE(found->expiry);
    EXPECT_THAT(key_or_error(find(it, "fails")), HasSubstr("status 3: sorry"));
    EXPECT_THAT(key_or_error(find(it, "fails")), Not(HasSubstr("hunter2")));
    EXPECT_THAT(key_or_error(find(it, "odd")), HasSubstr("cannot be used"));
    EXPECT_THAT(key_or_error(find(it, "odd")), Not(HasSubstr("hunter2")));
}

} // namespace
} // namespace redrive::auth
