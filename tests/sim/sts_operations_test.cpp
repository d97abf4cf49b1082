#include "sim/sts_operations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "router_rig.hpp"

namespace redrive::sim {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

const std::string stopper =
    "&RoleArn=arn%3Aaws%3Aiam%3A%3A100000000002%3Arole%2Fops%2Fstopper&RoleSessionName=me";
const std::string token = "&WebIdentityToken=head.body.seal";

simulation_settings two_accounts(std::vector<std::string> roles = {}) {
    simulation_settings settings;
    settings.fleet = parse_fleet("accounts=2,suspended=1");
    for (const auto& role : roles)
        settings.roles.add(role);
    return settings;
}

std::string between(std::string_view text, const std::string& name) {
    const auto start = text.find("<" + name + ">") + name.size() + 2;
    return std::string{text.substr(start, text.find("</" + name + ">") - start)};
}

credentials keys_in(std::string_view xml) {
    return {between(xml, "AccessKeyId"),
            secret_text{between(xml, "SecretAccessKey")},
            secret_text{between(xml, "SessionToken")}};
}

struct Sts : ::testing::Test, router_rig {
    explicit Sts(simulation_settings settings = two_accounts()) : router_rig{std::move(settings)} {}

    static request_terms terms(wall_time at = now) {
        request_terms out;
        out.at = at;
        return out;
    }
    static request_terms with(const credentials& keys, wall_time at = now) {
        auto out = terms(at);
        out.keys = keys;
        return out;
    }
    answered assume(const std::string& more, const request_terms& who = terms()) {
        return ask_bytes(sts_request("AssumeRole", who, more), who.at);
    }
    answered assume_by_token(const std::string& more) {
        return ask_bytes(
            post_bytes({{"Host", "localhost"},
                        {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
                       "Action=AssumeRoleWithWebIdentity&Version=2011-06-15" + more));
    }
    credentials stopper_keys(const std::string& more = {}) {
        return keys_in(assume(stopper + more).reply.body);
    }
    answered list_queues(const credentials& keys, wall_time at = now) {
        return ask_bytes(sqs_request("ListQueues", "{}", with(keys, at)), at);
    }
};

struct StsWithRoles : Sts {
    StsWithRoles() : Sts{two_accounts({"stopper=ticket-7", "open"})} {}
};

TEST_F(Sts, AssumesARoleAsTheServiceAnswers) {
    const auto result = assume(stopper + "&DurationSeconds=900");
    EXPECT_EQ(result.reply.status, 200U);
    EXPECT_EQ(header(result, "content-type"), "text/xml");
    const auto& xml = result.reply.body;
    EXPECT_THAT(xml,
                ::testing::StartsWith(
                    R"(<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">)"
                    "<AssumeRoleResult><Credentials><AccessKeyId>ASIASIM0100000000002"));
    EXPECT_THAT(xml, HasSubstr("<Expiration>2023-11-14T22:28:20Z</Expiration></Credentials>"));
    EXPECT_THAT(xml,
                HasSubstr("<Arn>arn:aws:sts::100000000002:assumed-role/stopper/me</Arn>"
                          "</AssumedRoleUser></AssumeRoleResult><ResponseMetadata><RequestId>" +
                          header(result, "x-amzn-requestid")));
    EXPECT_THAT(between(xml, "AssumedRoleId"), ::testing::MatchesRegex("AROA[0-9A-F]{16}:me"));
}

TEST_F(Sts, LetsTheRolesKeysActInTheRolesAccount) {
    const auto keys = stopper_keys();
    const auto made = ask_bytes(sqs_request("CreateQueue", R"({"QueueName":"q"})", with(keys)));
    EXPECT_EQ(made.reply.body, R"({"QueueUrl":"https://127.0.0.1:4566/100000000002/q"})");
    EXPECT_NE(world.state().at("100000000002", "us-east-1").queues.find("q"), nullptr);
    EXPECT_EQ(world.ledger.calls().at("CreateQueue/100000000002/us-east-1/ok").count, 1U);
}

TEST_F(Sts, NamesTheRolesSessionToItsCaller) {
    const auto xml = ask_bytes(sts_request("GetCallerIdentity", with(stopper_keys()))).reply.body;
    EXPECT_EQ(between(xml, "Arn"), "arn:aws:sts::100000000002:assumed-role/stopper/me");
    EXPECT_EQ(between(xml, "Account"), "100000000002");
    EXPECT_EQ(between(xml, "UserId"), between(assume(stopper).reply.body, "AssumedRoleId"));
}

TEST_F(Sts, RefusesATokenThatDoesNotBelongToItsKeys) {
    const auto mine = stopper_keys();
    const auto another = stopper_keys();
    auto none = mine, wrong = mine, stolen = mine, guessed = mine, foreign = mine;
    none.session_token = secret_text{};
    wrong.session_token = secret_text{"d3Jvbmc="};
    stolen.session_token = another.session_token;
    guessed.secret_access_key = secret_text{"guessed"};
    foreign.access_key_id = access_key_of("100000000001");
    for (const auto* keys : {&none, &wrong, &stolen, &foreign}) {
        const auto result = list_queues(*keys);
        EXPECT_EQ(result.reply.status, 403U);
        EXPECT_EQ(header(result, "x-amzn-query-error"), "InvalidClientTokenId;Sender");
    }
    EXPECT_EQ(header(list_queues(guessed), "x-amzn-query-error"), "SignatureDoesNotMatch;Sender");
    EXPECT_EQ(list_queues(mine).reply.status, 200U);
}

TEST_F(Sts, RefusesTheKeysFromTheSecondOnInWhichTheyEnd) {
    const auto keys = stopper_keys("&DurationSeconds=900");
    EXPECT_EQ(list_queues(keys, now + 899s).reply.status, 200U);
    const auto late = list_queues(keys, now + 900s);
    EXPECT_EQ(late.reply.status, 403U);
    EXPECT_EQ(header(late, "x-amzn-query-error"), "ExpiredToken;Sender");
    EXPECT_THAT(late.reply.body, HasSubstr("#ExpiredTokenException"));
    const auto sts =
        ask_bytes(sts_request("GetCallerIdentity", with(keys, now + 900s)), now + 900s);
    EXPECT_EQ(sts.reply.status, 403U);
    EXPECT_THAT(sts.reply.body, HasSubstr("<Code>ExpiredToken</Code>"));
}

TEST_F(Sts, DeniesRolesOfAccountsThatItDoesNotHave) {
    for (const std::string account : {"200000000001", "100000000003"}) {
        const auto role = "arn:aws:iam::" + account + ":role/stopper";
        const auto result = assume("&RoleSessionName=me&RoleArn=" + role);
        EXPECT_EQ(result.reply.status, 403U);
        EXPECT_THAT(result.reply.body,
                    HasSubstr("<Code>AccessDenied</Code><Message>User: "
                              "arn:aws:iam::100000000001:user/sim is not authorized to perform: "
                              "sts:AssumeRole on resource: " +
                              role + "</Message>"));
    }
}

TEST_F(Sts, NeedsASignatureToAssumeARole) {
    const auto result = ask_bytes(
        post_bytes({{"Host", "localhost"}, {"Content-Type", "application/x-www-form-urlencoded"}},
                   "Action=AssumeRole" + stopper));
    EXPECT_EQ(result.reply.status, 403U);
    EXPECT_THAT(result.reply.body, HasSubstr("<Code>MissingAuthenticationToken</Code>"));
}

TEST_F(Sts, LimitsChainedRolesToOneHour) {
    const auto keys = stopper_keys();
    const auto back = "&RoleSessionName=me&RoleArn=arn:aws:iam::100000000001:role/back";
    const auto chained = assume(back, with(keys));
    EXPECT_EQ(chained.reply.status, 200U);
    EXPECT_EQ(list_queues(keys_in(chained.reply.body)).reply.status, 200U);
    EXPECT_THAT(assume(std::string{back} + "&DurationSeconds=3601", with(keys)).reply.body,
                HasSubstr("<Code>ValidationError</Code><Message>The requested DurationSeconds "
                          "exceeds the 1 hour session limit"));
}

TEST_F(Sts, AssumesARoleByATokenWithoutASignature) {
    const auto result = assume_by_token(stopper + token);
    EXPECT_EQ(result.reply.status, 200U);
    EXPECT_THAT(result.reply.body, HasSubstr("><AssumeRoleWithWebIdentityResult><Credentials>"));
    EXPECT_EQ(list_queues(keys_in(result.reply.body)).reply.status, 200U);
}

TEST_F(Sts, RefusesAFormThatItCannotRead) {
    const auto result = ask_bytes(sts_request("AssumeRole", terms(), "&RoleArn=%zz"));
    EXPECT_EQ(result.reply.status, 400U);
    EXPECT_THAT(result.reply.body, HasSubstr("<Code>MalformedInput</Code>"));
    EXPECT_THAT(ask_bytes(sts_request("GetFederationToken", terms())).reply.body,
                HasSubstr("<Code>InvalidAction</Code>"));
}

TEST_F(Sts, ThrottlesAsItDoes) {
    world.limits.add("AssumeRole=1/s");
    EXPECT_EQ(assume(stopper).reply.status, 200U);
    const auto refused = assume(stopper);
    EXPECT_EQ(refused.reply.status, 400U);
    EXPECT_THAT(refused.reply.body, HasSubstr("<Code>Throttling</Code>"));
    EXPECT_EQ(world.ledger.throttled(), 1U);
}

TEST_F(Sts, MeetsFaults) {
    set_faults({"op=AssumeRole,nth=1,do=error:RegionDisabledException",
                "op=AssumeRole,nth=2,do=throttle",
                "op=AssumeRoleWithWebIdentity,account=100000000002,do=error:IDPRejectedClaim"});
    EXPECT_EQ(assume(stopper).reply.status, 403U);
    EXPECT_THAT(assume(stopper).reply.body, HasSubstr("<Code>Throttling</Code>"));
    EXPECT_EQ(assume(stopper).reply.status, 200U);
    EXPECT_EQ(assume_by_token(stopper + token).reply.status, 403U);
}

TEST_F(Sts, IsCountedAndNoneOfItIsForbidden) {
    (void)assume(stopper);
    (void)assume("&RoleSessionName=me&RoleArn=arn:aws:iam::200000000001:role/stopper");
    (void)assume_by_token(stopper + token);
    (void)ask_bytes(sts_request("GetCallerIdentity", terms()));
    EXPECT_EQ(world.ledger.forbidden().size(), 0U);
    const auto& calls = world.ledger.calls();
    for (const auto* call : {"AssumeRole/100000000001/us-east-1/ok",
                             "AssumeRole/100000000001/us-east-1/AccessDeniedException",
                             "AssumeRoleWithWebIdentity/100000000002//ok",
                             "GetCallerIdentity/100000000001/us-east-1/ok"}) {
        ASSERT_TRUE(calls.contains(call)) << call;
        EXPECT_EQ(calls.at(call).count, 1U) << call;
    }
}

TEST_F(StsWithRoles, AdmitsToTheRolesThatWereGivenAlone) {
    EXPECT_EQ(assume(stopper + "&ExternalId=ticket-7").reply.status, 200U);
    EXPECT_EQ(assume(stopper + "&ExternalId=ticket-8").reply.status, 403U);
    EXPECT_EQ(assume(stopper).reply.status, 403U);
    const std::string session = "&RoleSessionName=me&RoleArn=arn:aws:iam::100000000002:role/";
    EXPECT_EQ(assume(session + "open").reply.status, 200U);
    EXPECT_EQ(assume(session + "other").reply.status, 403U);
    EXPECT_EQ(assume_by_token(stopper + token).reply.status, 200U);
    const auto other = assume_by_token(session + "other" + token);
    EXPECT_EQ(other.reply.status, 403U);
    EXPECT_THAT(other.reply.body,
                HasSubstr("<Message>Not authorized to perform sts:AssumeRoleWithWebIdentity"));
}

} // namespace
} // namespace redrive::sim
