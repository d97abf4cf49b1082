#include "auth/security_token_service.hpp"

#include <gmock/gmock.h>

#include "auth/source_rig.hpp"

namespace redrive::auth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const credentials base{"AKIABASE", secret_text{"hunter2"}, {}, {}};

role_step example_role() {
    role_step out;
    out.role_arn = "arn:aws:iam::123456789012:role/r";
    out.profile = "p";
    return out;
}

std::string refused(const char* code, const char* message) {
    return std::string{"<ErrorResponse><Error><Type>Sender</Type><Code>"} + code +
           "</Code><Message>" + message + "</Message></Error></ErrorResponse>";
}

TEST(SecurityTokenService, IsAskedInTheRegionForTheRole) {
    source_rig it;
    it.config.region = {"eu-west-1", "test"};
    it.answer(replied(200, role_keys));
    auto role = example_role();
    role.external_id = "a b";
    role.duration_seconds = 3600;
    const auto found = it.run(assume_role(it.context, it.config, base, role));
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->keys.access_key_id, "ASIAROLE");
    EXPECT_EQ(found->keys.account_id, "123456789012");
    EXPECT_EQ(found->expiry, source_rig::noon + std::chrono::hours{1});
    const auto& asked = it.net->asked.at(0);
    EXPECT_EQ(asked.where.host, "sts.eu-west-1.amazonaws.com");
    EXPECT_EQ(asked.method, "POST");
    EXPECT_THAT(asked.body, HasSubstr("Action=AssumeRole&"));
    EXPECT_THAT(asked.body, HasSubstr("RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fr"));
    EXPECT_THAT(asked.body, HasSubstr("ExternalId=a%20b"));
    EXPECT_THAT(asked.body, HasSubstr("DurationSeconds=3600"));
    EXPECT_THAT(asked.body, HasSubstr("RoleSessionName=redrive-1767268800000"));
    EXPECT_THAT(header_of(asked, "authorization"), HasSubstr("AKIABASE/20260101/eu-west-1/sts"));
    EXPECT_EQ(it.net->rules_seen[0].limits.open.connect, std::chrono::milliseconds{3100});
    EXPECT_EQ(it.net->rules_seen[0].limits.answer, std::chrono::minutes{1});
}

TEST(SecurityTokenService, WithoutARegionIsAskedInTheRolesPartition) {
    source_rig it;
    it.answer(replied(200, role_keys));
    auto role = example_role();
    role.role_arn = "arn:aws-us-gov:iam::123456789012:role/r";
    EXPECT_EQ(key_or_error(it.run(assume_role(it.context, it.config, base, role))), "ASIAROLE");
    EXPECT_EQ(it.net->asked.at(0).where.host, "sts.us-gov-west-1.amazonaws.com");
}

TEST(SecurityTokenService, IsShownAWebIdentityUnsigned) {
    source_rig it;
    it.config.region = {"us-east-1", "test"};
    it.write("/token", "a.b.c\n");
    it.answer(replied(200, role_keys));
    web_identity_source from;
    from.role_arn = "arn:aws:iam::123456789012:role/r";
    from.token_file = "/token";
    from.session_name = "pod";
    const auto found = it.run(assume_role_with_web_identity(it.context, it.config, from));
    EXPECT_EQ(key_or_error(found), "ASIAROLE");
    const auto& asked = it.net->asked.at(0);
    EXPECT_THAT(asked.body, HasSubstr("WebIdentityToken=a.b.c"));
    EXPECT_THAT(asked.body, Not(HasSubstr("%0A")));
    EXPECT_EQ(header_of(asked, "authorization"), "");
    it.write("/token", "d.e.f");
    it.answer(replied(200, role_keys));
    EXPECT_TRUE(it.run(assume_role_with_web_identity(it.context, it.config, from)));
    EXPECT_THAT(it.net->asked.at(1).body, HasSubstr("WebIdentityToken=d.e.f"));
    from.token_file = "/gone";
    EXPECT_THAT(key_or_error(it.run(assume_role_with_web_identity(it.context, it.config, from))),
                HasSubstr("/gone cannot be read"));
}

TEST(SecurityTokenService, IsAskedAgainWhenTheIdentityProviderCannotBeReached) {
    source_rig it;
    it.answer(replied(400, refused("IDPCommunicationError", "try again")));
    it.answer(replied(500));
    it.answer(replied(200, role_keys));
    EXPECT_EQ(key_or_error(it.run(assume_role(it.context, it.config, base, example_role()))),
              "ASIAROLE");
    EXPECT_EQ(it.pauses.size(), 2u);
}

TEST(SecurityTokenService, TellsWhatItRefusedOnce) {
    source_rig it;
    it.answer(replied(403, refused("AccessDenied", "User is not authorized to perform")));
    const auto found = it.run(assume_role(it.context, it.config, base, example_role()));
    EXPECT_THAT(key_or_error(found), HasSubstr("403 AccessDenied: User is not authorized"));
    EXPECT_THAT(key_or_error(found), HasSubstr("arn:aws:iam::123456789012:role/r"));
    EXPECT_THAT(key_or_error(found), Not(HasSubstr("hunter2")));
    EXPECT_EQ(found.error().code, client_errc::credentials_failed);
    EXPECT_EQ(it.net->asked.size(), 1u);
}

TEST(SecurityTokenService, IsNotQuotedWhenItIsSomebodyElse) {
    source_rig it;
    it.answer(replied(407, "you sent: Action=AssumeRole and more"));
    const auto found =
        key_or_error(it.run(assume_role(it.context, it.config, base, example_role())));
    EXPECT_THAT(found, ::testing::EndsWith("answered 407"));
}

TEST(SecurityTokenService, IsQuotedWithoutTheTokenThatItWasShown) {
    source_rig it;
    it.write("/token", "hunter2-header.hunter2.hunter2");
    web_identity_source from;
    from.role_arn = "arn:aws:iam::123456789012:role/r";
    from.token_file = "/token";
    it.answer(replied(400, refused("InvalidIdentityToken", "what is hunter2-header.hunter2?")));
    EXPECT_THAT(key_or_error(it.run(assume_role_with_web_identity(it.context, it.config, from))),
                ::testing::EndsWith("400 InvalidIdentityToken: what is ..."));
    auto temporary = base;
    temporary.session_token = secret_text{"hunter2"};
    it.answer(replied(403, refused("InvalidClientTokenId", "hunter2 is wrong")));
    EXPECT_THAT(key_or_error(it.run(assume_role(it.context, it.config, temporary, example_role()))),
                ::testing::EndsWith("403 InvalidClientTokenId: ... is wrong"));
}

TEST(SecurityTokenService, NeedsSomebodyToAskForTheCodeOfADevice) {
    source_rig it;
    auto role = example_role();
    role.mfa_serial = "arn:aws:iam::1:mfa/me";
    EXPECT_THAT(key_or_error(it.run(assume_role(it.context, it.config, base, role))),
                HasSubstr("nobody can be asked"));
    EXPECT_TRUE(it.net->asked.empty());
    it.context.ask_mfa = [](std::string serial) -> boost::asio::awaitable<result<secret_text>> {
        EXPECT_EQ(serial, "arn:aws:iam::1:mfa/me");
        co_return secret_text{"123456"};
    };
    it.answer(replied(500)); // a code is good for once
    EXPECT_FALSE(it.run(assume_role(it.context, it.config, base, role)));
    EXPECT_EQ(it.net->asked.size(), 1u);
    EXPECT_THAT(it.net->asked[0].body, HasSubstr("TokenCode=123456"));
    EXPECT_THAT(it.net->asked[0].body, HasSubstr("SerialNumber=arn%3Aaws%3Aiam%3A%3A1%3Amfa%2Fme"));
}

TEST(SecurityTokenService, IsNotAskedWithASessionNameThatItRefuses) {
    for (const char* name : {"a", "has blank", "slash/ed"}) {
        source_rig it;
        auto role = example_role();
        role.session_name = name;
        EXPECT_THAT(key_or_error(it.run(assume_role(it.context, it.config, base, role))),
                    HasSubstr("role_session_name"));
        EXPECT_TRUE(it.net->asked.empty());
    }
}

} // namespace
} // namespace redrive::auth
