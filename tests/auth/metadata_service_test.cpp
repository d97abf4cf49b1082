#include "auth/metadata_service.hpp"

#include <gmock/gmock.h>

#include "auth/source_rig.hpp"

namespace redrive::auth {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

result<loaded_credentials> ask(source_rig& it) {
    metadata_service imds{it.context, it.config};
    return it.run(imds.credentials());
}

TEST(MetadataService, AsksForATokenThenTheRoleThenItsKeys) {
    source_rig it;
    it.answer(replied(200, "token-1"));
    it.answer(replied(200, "my-role\nanother"));
    it.answer(replied(200, machine_keys));
    const auto found = ask(it);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->keys.access_key_id, "ASIAMACHINE");
    EXPECT_EQ(found->keys.session_token.reveal(), "t0k3n");
    EXPECT_EQ(found->expiry, source_rig::noon + 6h);
    EXPECT_EQ(found->usable_until, found->expiry);
    ASSERT_EQ(it.net->asked.size(), 3u);
    EXPECT_EQ(it.net->asked[0].method, "PUT");
    EXPECT_EQ(it.net->asked[0].where.url(), "http://169.254.169.254");
    EXPECT_EQ(it.net->asked[0].target, "/latest/api/token");
    EXPECT_EQ(header_of(it.net->asked[0], "x-aws-ec2-metadata-token-ttl-seconds"), "21600");
    EXPECT_EQ(it.net->asked[1].target, "/latest/meta-data/iam/security-credentials/");
    EXPECT_EQ(header_of(it.net->asked[1], "x-aws-ec2-metadata-token"), "token-1");
    EXPECT_EQ(it.net->asked[2].target, "/latest/meta-data/iam/security-credentials/my-role");
    EXPECT_EQ(it.net->rules_seen[0].through, net::transport::way::direct);
    EXPECT_EQ(it.net->rules_seen[0].limits.open.connect, 1s);
}

TEST(MetadataService, ThatIsNotThereIsNotConfiguredAndAskedOnce) {
    for (const auto how : {client_errc::connect_timeout,
                           client_errc::connect_failed,
                           client_errc::read_timeout,
                           client_errc::resolve_failed}) {
        source_rig it;
        it.answer(unanswered(how));
        const auto found = ask(it);
        ASSERT_FALSE(found);
        EXPECT_TRUE(is_not_configured(found.error()));
        EXPECT_EQ(it.net->asked.size(), 1u); // silence is never asked twice
    }
}

TEST(MetadataService, ThatIsSwitchedOffIsNotAsked) {
    source_rig it;
    it.config.ec2_metadata_disabled = {true, "AWS_EC2_METADATA_DISABLED"};
    const auto found = ask(it);
    ASSERT_FALSE(found);
    EXPECT_TRUE(is_not_configured(found.error()));
    EXPECT_THAT(found.error().message, HasSubstr("AWS_EC2_METADATA_DISABLED"));
    EXPECT_TRUE(it.net->asked.empty());
}

TEST(MetadataService, ThatForbidsTheTokenIsAFailure) {
    source_rig it;
    it.answer(replied(403));
    const auto found = ask(it);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, client_errc::credentials_failed);
    EXPECT_THAT(found.error().message, HasSubstr("forbids"));
}

TEST(MetadataService, IsAskedAgainAfterServerErrorsAtMostFourTimes) {
    source_rig it;
    for (int i = 0; i < 3; ++i)
        it.answer(replied(503));
    it.answer(replied(200, "token"));
    it.answer(replied(500));
    it.answer(replied(200, "my-role"));
    it.answer(replied(200, machine_keys));
    EXPECT_EQ(key_or_error(ask(it)), "ASIAMACHINE");
    EXPECT_EQ(it.pauses.size(), 4u);

    source_rig dead;
    for (int i = 0; i < 9; ++i)
        dead.answer(replied(503));
    EXPECT_THAT(key_or_error(ask(dead)), HasSubstr("answered 503"));
    EXPECT_EQ(dead.net->asked.size(), 4u);
}

TEST(MetadataService, IsGivenANewTokenWhenItRefusesTheOld) {
    source_rig it;
    it.answer(replied(200, "token-1"));
    it.answer(replied(401));
    it.answer(replied(200, "token-2"));
    it.answer(replied(200, "my-role"));
    it.answer(replied(200, machine_keys));
    EXPECT_EQ(key_or_error(ask(it)), "ASIAMACHINE");
    EXPECT_EQ(header_of(it.net->asked[3], "x-aws-ec2-metadata-token"), "token-2");
}

TEST(MetadataService, WithoutARoleIsNotConfigured) {
    source_rig it;
    it.answer(replied(200, "token"));
    it.answer(replied(404));
    const auto found = ask(it);
    ASSERT_FALSE(found);
    EXPECT_TRUE(is_not_configured(found.error()));
}

TEST(MetadataService, ThatHasNoKeysOfTheRoleItNamedIsAFailure) {
    source_rig it;
    it.answer(replied(200, "token"));
    it.answer(replied(200, "my-role"));
    it.answer(replied(404));
    const auto found = ask(it);
    EXPECT_THAT(key_or_error(found), HasSubstr("no credentials of this machine's role my-role"));
    EXPECT_FALSE(is_not_configured(found.error()));
}

TEST(MetadataService, ThatFallsSilentWhenItHasAnsweredIsAFailure) {
    source_rig it;
    it.answer(replied(200, "token"));
    it.answer(replied(401));
    it.answer(unanswered(client_errc::connection_lost)); // the next token
    const auto found = ask(it);
    ASSERT_FALSE(found);
    EXPECT_FALSE(is_not_configured(found.error()));
}

TEST(MetadataService, IsNotAskedForLongerThanHalfAMinuteInAll) {
    source_rig it;
    it.context.pause = [&](std::chrono::milliseconds) -> boost::asio::awaitable<void> {
        it.time->advance(15s);
        co_return;
    };
    for (int i = 0; i < 9; ++i)
        it.answer(replied(503));
    EXPECT_THAT(key_or_error(ask(it)), HasSubstr("answered 503"));
    EXPECT_EQ(it.net->asked.size(), 2u); // a third would begin at 30 s

    source_rig later;
    later.context.pause = [&](std::chrono::milliseconds) -> boost::asio::awaitable<void> {
        later.time->advance(15s);
        co_return;
    };
    later.answer(replied(503));
    later.answer(replied(200, "token"));
    for (int i = 0; i < 9; ++i)
        later.answer(replied(503));
    EXPECT_THAT(key_or_error(ask(later)), HasSubstr("answered 503"));
    EXPECT_EQ(later.net->asked.size(), 3u);
}

TEST(MetadataService, IsNotTrustedWithNamesThatAreNoRoles) {
    for (const char* name : {"", "\r\n", "../../user-data", "a b", "<html>"}) {
        source_rig it;
        it.answer(replied(200, "token"));
        it.answer(replied(200, name));
        const auto found = ask(it);
        ASSERT_FALSE(found) << name;
        EXPECT_EQ(it.net->asked.size(), 2u) << name;
    }
}

TEST(MetadataService, TellsWhatItRefused) {
    source_rig it;
    it.answer(replied(200, "token"));
    it.answer(replied(200, "my-role"));
    it.answer(replied(
        200, R"({"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role"})"));
    const auto found = ask(it);
    EXPECT_THAT(
        key_or_error(found),
        ::testing::AllOf(HasSubstr("AssumeRoleUnauthorizedAccess"), HasSubstr("trust policy")));
}

TEST(MetadataService, IsQuotedWithoutTheTokenThatItWasShown) {
    source_rig it;
    it.answer(replied(200, "hunter2-and-more"));
    it.answer(replied(200, "my-role"));
    it.answer(replied(200, R"({"Code":"Odd","Message":"no role for hunter2-and-more"})"));
    EXPECT_THAT(key_or_error(ask(it)), HasSubstr("refused with Odd: no role for ..."));
}

// It goes on handing out old keys while its own source fails; AWS goes on accepting them.
TEST(MetadataService, IsBelievedForAWhileWhenItsKeysHaveExpired) {
    source_rig it;
    it.time->set_wall_clock(source_rig::noon + 7h);
    it.answer(replied(200, "token"));
    it.answer(replied(200, "my-role"));
    it.answer(replied(200, machine_keys));
    const auto found = ask(it);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->expiry, source_rig::noon + 6h);
    EXPECT_GE(*found->usable_until, source_rig::noon + 7h + 10min);
    EXPECT_LE(*found->usable_until, source_rig::noon + 7h + 15min);
}

TEST(MetadataService, IsWhereTheSettingsSay) {
    source_rig it;
    it.config.ec2_metadata_service_endpoint = {"http://127.0.0.1:8080", "test"};
    it.config.ec2_instance_profile_name = {"given-role", "test"};
    it.answer(replied(200, "token"));
    it.answer(replied(200, machine_keys));
    EXPECT_EQ(key_or_error(ask(it)), "ASIAMACHINE");
    EXPECT_EQ(it.net->asked[0].where.url(), "http://127.0.0.1:8080");
    EXPECT_EQ(it.net->asked[1].target, "/latest/meta-data/iam/security-credentials/given-role");

    source_rig six;
    six.config.ec2_metadata_service_endpoint_mode = {metadata_mode::ipv6, "test"};
    EXPECT_FALSE(ask(six));
    EXPECT_EQ(six.net->asked[0].where.url(), "http://[fd00:ec2::254]");
}

TEST(MetadataService, KnowsTheRegion) {
    source_rig it;
    it.answer(replied(200, "token"));
    it.answer(replied(200, "eu-west-1\n"));
    metadata_service imds{it.context, it.config};
    const auto region = it.run(imds.region());
    ASSERT_TRUE(region);
    EXPECT_EQ(*region, "eu-west-1");
    EXPECT_EQ(it.net->asked[1].target, "/latest/meta-data/placement/region");
}

} // namespace
} // namespace redrive::auth
