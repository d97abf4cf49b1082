#include "wire/sts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

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
                           "Content-Type: application/x-www-form-urlencoded\r\n"
                           "Content-Length: 43\r\n"));
    EXPECT_TRUE(bytes.ends_with("\r\n\r\nAction=GetCallerIdentity&Version=2011-06-15"));
    EXPECT_THAT(bytes, HasSubstr("Credential=AKIDEXAMPLE/20261122/eu-west-1/sts/aws4_request"));
    EXPECT_THAT(bytes, HasSubstr("\r\nUser-Agent: redrive/0.1.0\r\n"));
}

TEST(Sts, SignsWhatItSends) {
    for (const auto token : {"", "a-session-token", "broken\r\ntoken"}) {
        const auto request = parsed(rendered(example_context(), example_identity(token)));
        const auto parts = parse_authorization(find_header(request.headers, "authorization"));
        ASSERT_TRUE(parts);
        EXPECT_EQ(
            parts->signature,
            expected_signature({request.method, request.target, &request.headers, request.body},
                               *parts,
                               find_header(request.headers, "x-amz-date"),
                               secret_text{"secret"}));
    }
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
