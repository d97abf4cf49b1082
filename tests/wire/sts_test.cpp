#include "wire/sts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/read_or_refused.hpp"
#include "wire/http_parser.hpp"
#include "wire/sigv4.hpp"

namespace redrive::wire {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr wall_time noon{std::chrono::milliseconds{1795348800000}}; // 2026-11-22T12:00:00Z

constexpr std::string_view identity_reply =
    R"(<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::123456789012:user/Alice</Arn>
    <UserId>AIDACKCEVSQ6C2EXAMPLE</UserId>
    <Account>123456789012</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata>
</GetCallerIdentityResponse>)";

constexpr std::string_view error_reply =
    R"(<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>ExpiredToken</Code>
    <Message>The security token included in the request is expired</Message>
  </Error>
  <RequestId>r-1</RequestId>
</ErrorResponse>)";

credentials example_identity(std::string_view token = {}) {
    return {"AKIDEXAMPLE", secret_text{"secret"}, secret_text{token}, {}};
}

sts_context example_context() {
    return {parse_endpoint("https://sts.eu-west-1.amazonaws.com").value(),
            "eu-west-1",
            "redrive/0.1.0"};
}

std::string rendered(const sts_context& context, const credentials& identity) {
    std::string out;
    append_request(out, caller_identity_request(context, identity, noon));
    return out;
}

http_request parsed(std::string_view bytes) {
    request_parser parser;
    EXPECT_EQ(parser.feed(bytes), bytes.size());
    EXPECT_TRUE(parser.done());
    return parser.done() ? parser.request() : http_request{};
}

TEST(Sts, AsksWithAForm) {
    const auto bytes = rendered(example_context(), example_identity());
    EXPECT_THAT(bytes,
                StartsWith("POST / HTTP/1.1\r\n"
                           "Host: sts.eu-west-1.amazonaws.com\r\n"
                           "Content-Type: application/x-www-form-urlencoded\r\n"));
    EXPECT_THAT(bytes, HasSubstr("\r\nContent-Length: 43\r\n"));
    EXPECT_TRUE(bytes.ends_with("\r\n\r\nAction=GetCallerIdentity&Version=2011-06-15"));
    EXPECT_THAT(bytes, HasSubstr("Credential=AKIDEXAMPLE/20261122/eu-west-1/sts/aws4_request"));
    EXPECT_THAT(bytes, HasSubstr("SignedHeaders=content-type;host;x-amz-date,"));
    EXPECT_THAT(bytes, HasSubstr("\r\nUser-Agent: redrive/0.1.0\r\n"));
}

void expect_signed(const http_request& request) {
    const auto parts = parse_authorization(find_header(request.headers, "authorization"));
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->service, "sts");
    EXPECT_EQ(parts->signature,
              expected_signature({request.method, request.target, &request.headers, request.body},
                                 *parts,
                                 find_header(request.headers, "x-amz-date"),
                                 secret_text{"secret"}));
}

TEST(Sts, SignsWhatItSends) {
    for (const auto token : {"", "a-session-token", "broken\r\ntoken"})
        expect_signed(parsed(rendered(example_context(), example_identity(token))));
}

TEST(Sts, SignsForAnEndpointWithAPortAndAPath) {
    auto context = example_context();
    context.target = parse_endpoint("http://127.0.0.1:8080/sts").value();
    const auto request = parsed(rendered(context, example_identity()));
    EXPECT_EQ(request.target, "/sts/");
    EXPECT_EQ(find_header(request.headers, "host"), "127.0.0.1:8080");
    expect_signed(request);
}

TEST(Sts, LeavesTheHostToWhoeverSends) {
    const auto request = caller_identity_request(example_context(), example_identity(), noon);
    EXPECT_FALSE(has_header(request.headers, "host"));
    EXPECT_EQ(request.where, example_context().target);
}

assume_role_input example_role() {
    assume_role_input role;
    role.role_arn = "arn:aws:iam::123456789012:role/stop & go";
    role.session_name = "redrive-1";
    return role;
}

TEST(Sts, AsksForARole) {
    const auto request =
        assume_role_request(example_context(), example_identity("t"), example_role(), noon);
    EXPECT_EQ(request.body,
              "Action=AssumeRole&Version=2011-06-15"
              "&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fstop%20%26%20go"
              "&RoleSessionName=redrive-1");
    std::string bytes;
    append_request(bytes, request);
    expect_signed(parsed(bytes));
}

TEST(Sts, AsksForARoleWithAllThatIsGiven) {
    auto role = example_role();
    role.role_arn = "r";
    role.external_id = "e=1";
    role.duration_seconds = 900;
    role.mfa_serial = "arn:mfa";
    role.mfa_code = secret_text{"123456"};
    role.policy = R"({"a":1})";
    EXPECT_EQ(assume_role_request(example_context(), example_identity(), role, noon).body,
              "Action=AssumeRole&Version=2011-06-15&RoleArn=r&RoleSessionName=redrive-1"
              "&ExternalId=e%3D1&DurationSeconds=900&SerialNumber=arn%3Amfa&TokenCode=123456"
              "&Policy=%7B%22a%22%3A1%7D");
}

TEST(Sts, TradesATokenForARoleWithoutASignature) {
    web_identity_input input;
    input.role_arn = "r";
    input.session_name = "s";
    input.token = secret_text{"eyJ.a+b/c=.x"};
    input.duration_seconds = 3600;
    const auto request = web_identity_request(example_context(), input);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/");
    EXPECT_EQ(request.body,
              "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=r&RoleSessionName=s"
              "&WebIdentityToken=eyJ.a%2Bb%2Fc%3D.x&DurationSeconds=3600");
    ASSERT_EQ(request.headers.size(), 2U);
    EXPECT_EQ(find_header(request.headers, "content-type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(find_header(request.headers, "user-agent"), "redrive/0.1.0");
}

TEST(Sts, NamesNoUserAgentThatIsNotGiven) {
    auto context = example_context();
    context.user_agent.clear();
    EXPECT_FALSE(has_header(web_identity_request(context, {}).headers, "user-agent"));
}

constexpr std::string_view role_reply =
    R"(<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser>
      <AssumedRoleId>AROA:redrive</AssumedRoleId>
      <Arn>arn:aws:sts::123456789012:assumed-role/stop/redrive</Arn>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIAEXAMPLE</AccessKeyId>
      <SecretAccessKey>wJalr/K7MDENG+bPx</SecretAccessKey>
      <SessionToken>AQoD==</SessionToken>
      <Expiration>2026-11-22T13:00:00Z</Expiration>
    </Credentials>
    <PackedPolicySize>6</PackedPolicySize>
  </AssumeRoleResult>
  <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
</AssumeRoleResponse>)";

TEST(Sts, ReadsTheCredentialsOfARole) {
    const auto role = read_role_credentials(role_reply);
    ASSERT_TRUE(role);
    EXPECT_EQ(role->keys.access_key_id, "ASIAEXAMPLE");
    EXPECT_EQ(role->keys.secret_access_key.reveal(), "wJalr/K7MDENG+bPx");
    EXPECT_EQ(role->keys.session_token.reveal(), "AQoD==");
    EXPECT_EQ(role->keys.account_id, "123456789012");
    EXPECT_EQ(role->expiry, noon + std::chrono::hours{1});
}

TEST(Sts, ReadsTheCredentialsThatATokenWasTradedFor) {
    const auto role = read_role_credentials(
        "<s:AssumeRoleWithWebIdentityResponse xmlns:s=\"x\"><s:AssumeRoleWithWebIdentityResult>"
        "<s:Provider>p</s:Provider><s:Credentials><s:New/><s:Expiration>2026-11-22T12:00:00.25Z"
        "</s:Expiration><s:SessionToken> t </s:SessionToken><s:SecretAccessKey>s"
        "</s:SecretAccessKey><s:AccessKeyId>ASIA</s:AccessKeyId></s:Credentials>"
        "</s:AssumeRoleWithWebIdentityResult></s:AssumeRoleWithWebIdentityResponse>");
    ASSERT_TRUE(role);
    EXPECT_EQ(role->keys.session_token.reveal(), "t");
    EXPECT_EQ(role->keys.account_id, "");
    EXPECT_EQ(role->expiry, noon + std::chrono::milliseconds{250});
}

TEST(Sts, TakesNoAccountFromAnArnThatHasNone) {
    for (const auto* arn : {"", "arn", "arn:aws:sts::", "arn:aws:sts::me:x", "::::12345678901"}) {
        const auto role = read_role_credentials(
            with(role_reply, "arn:aws:sts::123456789012:assumed-role/stop/redrive", arn));
        ASSERT_TRUE(role) << arn;
        EXPECT_EQ(role->keys.account_id, "") << arn;
    }
}

TEST(Sts, RefusesARoleInWhichAPartOfTheCredentialsIsMissing) {
    for (const std::string_view part :
         {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}) {
        const auto tag = "<" + std::string{part} + ">";
        auto renamed = with(role_reply, tag, "<X>");
        renamed = with(renamed, "</" + std::string{part} + ">", "</X>");
        EXPECT_FALSE(read_role_credentials(renamed)) << part;
    }
    EXPECT_FALSE(read_role_credentials(error_reply));
    EXPECT_FALSE(read_role_credentials(identity_reply));
}

TEST(Sts, RefusesARoleWhoseCredentialsCannotSign) {
    EXPECT_FALSE(read_role_credentials(with(role_reply, "ASIAEXAMPLE", "ASIA EXAMPLE")));
    EXPECT_FALSE(read_role_credentials(with(role_reply, "AQoD==", "AQ&#13;&#10;X: y")));
    EXPECT_FALSE(read_role_credentials(with(role_reply, "AQoD==", std::string(4097, 't'))));
    EXPECT_FALSE(read_role_credentials(with(role_reply, "wJalr", std::string(256, 's'))));
    EXPECT_FALSE(read_role_credentials(with(role_reply, "2026-11-22T13:00:00Z", "tomorrow")));
}

TEST(Sts, ReadsNoRoleFromAnyProperPrefix) {
    for (std::size_t n = 0; n < role_reply.size(); ++n)
        EXPECT_FALSE(read_role_credentials(role_reply.substr(0, n))) << n;
}

TEST(Sts, LetsNoControlByteThroughInAnyHeader) {
    const std::string evil = "a\r\nX-Evil: 1";
    auto context = example_context();
    context.user_agent = context.target.host = evil;
    auto identity = example_identity(evil);
    identity.access_key_id = evil;
    EXPECT_EQ(rendered(context, identity).find("\r\nX-Evil"), std::string::npos);
}

TEST(Sts, ReadsWhoTheCallerIs) {
    const auto identity = read_caller_identity(identity_reply);
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->account, "123456789012");
    EXPECT_EQ(identity->arn, "arn:aws:iam::123456789012:user/Alice");
    EXPECT_EQ(identity->user_id, "AIDACKCEVSQ6C2EXAMPLE");
}

TEST(Sts, ReadsNamesWithPrefixesUnknownElementsAndAnyOrder) {
    const auto identity = read_caller_identity(
        "<?xml version=\"1.0\"?><!-- c --><s:GetCallerIdentityResponse "
        "xmlns:s=\"x\"><s:New><a/></s:New>"
        "<s:GetCallerIdentityResult><s:UserId> U&amp;V </s:UserId><New/><s:Account>1</s:Account>"
        "<s:Arn>a</s:Arn></s:GetCallerIdentityResult></s:GetCallerIdentityResponse>");
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->user_id, "U&V");
    EXPECT_EQ(identity->account, "1");
    EXPECT_EQ(identity->arn, "a");
}

TEST(Sts, RefusesAReplyInWhichAPartIsMissing) {
    EXPECT_FALSE(read_caller_identity(""));
    EXPECT_FALSE(read_caller_identity("{\"Account\":\"1\"}"));
    EXPECT_FALSE(read_caller_identity("<html><body>Sign in</body></html>"));
    EXPECT_FALSE(read_caller_identity(
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>a</Arn><Account>1</Account>"
        "</GetCallerIdentityResult></GetCallerIdentityResponse>"));
    EXPECT_FALSE(read_caller_identity(error_reply));
}

TEST(Sts, IsNotReadFromAnyProperPrefix) {
    for (std::size_t n = 0; n < identity_reply.size(); ++n) {
        EXPECT_FALSE(read_caller_identity(identity_reply.substr(0, n))) << n;
    }
}

TEST(Sts, DoesNotExpandWhatADocumentTypeDefines) {
    const auto identity = read_caller_identity(
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><GetCallerIdentityResponse>"
        "<GetCallerIdentityResult><Arn>&e;</Arn><Account>1</Account><UserId>u</UserId>"
        "</GetCallerIdentityResult></GetCallerIdentityResponse>");
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->arn, "&e;");
}

TEST(Sts, ReadsItsErrors) {
    const auto error = read_sts_error(403, "Forbidden", {}, error_reply);
    EXPECT_EQ(error.status, 403U);
    EXPECT_EQ(error.code, "ExpiredToken");
    EXPECT_EQ(error.type_code, "ExpiredToken");
    EXPECT_EQ(error.fault, error_fault::sender);
    EXPECT_EQ(error.message, "The security token included in the request is expired");
    EXPECT_EQ(error.request_id, "r-1");
    EXPECT_EQ(error.meaning, service_errc::expired_credentials);
}

TEST(Sts, PrefersTheRequestIdOfTheHeaders) {
    const auto error = read_sts_error(403, "", {{"x-amzn-RequestId", "h"}}, error_reply);
    EXPECT_EQ(error.request_id, "h");
}

TEST(Sts, ReadsAnErrorOutOfWhatIsNoXml) {
    const auto server = read_sts_error(503, "Service Unavailable", {}, "<html><br>down");
    EXPECT_EQ(server.code, "503");
    EXPECT_EQ(server.message, "Service Unavailable");
    EXPECT_EQ(server.meaning, service_errc::internal);
    const auto proxy = read_sts_error(407, "", {}, "who are you?");
    EXPECT_EQ(proxy.code, "407");
    EXPECT_EQ(proxy.message, "who are you?");
    const auto empty =
        read_sts_error(400, "Bad Request", {}, "<ErrorResponse><Error/></ErrorResponse>");
    EXPECT_EQ(empty.code, "400");
    EXPECT_EQ(empty.message, "Bad Request");
}

} // namespace
} // namespace redrive::wire
