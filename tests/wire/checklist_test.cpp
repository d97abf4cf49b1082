#include <gmock/gmock.h>

#include <string>

#include "wire/error_reply.hpp"
#include "wire/http_parser.hpp"
#include "wire/login.hpp"
#include "wire/reply_body.hpp"
#include "wire/request.hpp"
#include "wire/sigv4.hpp"
#include "wire/sso.hpp"
#include "wire/sts.hpp"

namespace redrive::wire {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// What is easy to get wrong in the bytes that go to AWS and come from it; the number is the item's.

constexpr wall_time noon{std::chrono::milliseconds{1795348800000}}; // 2026-11-22T12:00:00Z

service_error read(unsigned status, std::string_view body, const http_headers& headers = {}) {
    json_reader reader;
    return read_error(status, "", headers, body, reader);
}

credentials keys_with(std::string_view token) {
    return {"AKIDEXAMPLE", secret_text{"s3cr3t"}, secret_text{token}, {}};
}

request_context context_with(std::string_view user_agent, std::string_view trace_id) {
    return {parse_endpoint("https://sqs.eu-west-1.amazonaws.com").value(),
            "eu-west-1",
            std::string{user_agent},
            std::string{trace_id}};
}

http_request sent(const request_context& context, const credentials& identity) {
    std::string bytes;
    request_writer{context, identity}.append(
        bytes, operation::cancel_message_move_task, "{}", {noon, 1, 3, "id"});
    request_parser parser;
    parser.feed(bytes);
    EXPECT_TRUE(parser.done());
    return parser.request();
}

TEST(Checklist, Item01TheListOfSourceQueuesIsCalledQueueUrlsWithASmallQ) {
    json_reader reader;
    const std::string body = R"({"queueUrls":["https://a"],"QueueUrls":["https://not"]})";
    list_sources_output out;
    ASSERT_TRUE(read_body(reader.parse(body), out));
    EXPECT_THAT(out.queue_urls, ElementsAre("https://a"));
}

TEST(Checklist, Item02AThrottleMayCome403AndABadAddress404) {
    const auto throttled = read(403, R"({"__type":"com.amazonaws.sqs#RequestThrottled"})");
    EXPECT_EQ(throttled.meaning, service_errc::throttled) << "not a matter of permission";
    const auto junk = read(404, R"({"__type":"com.amazonaws.sqs#InvalidAddress"})");
    EXPECT_EQ(junk.meaning, service_errc::invalid_parameter) << "not a queue that is gone";
}

TEST(Checklist, Item03TheTextOfAnErrorIsInMessageWithOrWithoutACapital) {
    EXPECT_EQ(read(400, R"({"__type":"x#E","message":"small"})").message, "small");
    // As recorded for a denial.
    EXPECT_EQ(read(403, R"({"__type":"x#AccessDeniedException","Message":"large"})").message,
              "large");
}

TEST(Checklist, Item04AnErrorHasATypeAndALegacyCodeAndIsKnownByEither) {
    const auto error =
        read(400,
             R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist"})",
             {{"x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender"}});
    EXPECT_EQ(error.type_code, "QueueDoesNotExist");
    EXPECT_EQ(error.code, "AWS.SimpleQueueService.NonExistentQueue");
    EXPECT_TRUE(error.is("QueueDoesNotExist"));
    EXPECT_TRUE(error.is("AWS.SimpleQueueService.NonExistentQueue"));
    for (const auto* legacy : {"RequestThrottled;Sender", "Unheard;Sender"})
        for (const auto* type : {"RequestThrottled", "Unheard"}) {
            const auto one = read(400,
                                  R"({"__type":")" + std::string{type} + "\"}",
                                  {{"x-amzn-query-error", legacy}});
            const bool neither = one.type_code == "Unheard" && one.code == "Unheard";
            EXPECT_EQ(one.meaning == service_errc::throttled, !neither) << type << ' ' << legacy;
        }
}

// A quarter of a second behind noon, as SSO and as STS write it.
TEST(Checklist, Item13SsoTellsTimesInMillisecondsStsAsTextAndATokenItsLifeInSeconds) {
    const auto by_sso = read_sso_credentials(
        R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"s","sessionToken":"t",)"
        R"("expiration":1795348800250}})");
    ASSERT_TRUE(by_sso);
    EXPECT_EQ(by_sso->expiry, noon + 250ms);
    const auto by_sts = read_role_credentials(
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>A</AccessKeyId>"
        "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
        "<Expiration>2026-11-22T12:00:00.250Z</Expiration></Credentials></AssumeRoleResult>"
        "</AssumeRoleResponse>");
    ASSERT_TRUE(by_sts);
    EXPECT_EQ(by_sts->expiry, noon + 250ms);
    const auto token = read_sso_refresh(R"({"accessToken":"a","expiresIn":90})");
    ASSERT_TRUE(token);
    EXPECT_EQ(token->expires_in_seconds, 90);
}

// The digests of "abc" in FIPS 180-4.
TEST(Checklist, Item14TheFileOfAnSsoTokenIsNamedBySha1AndThatOfALoginBySha256) {
    EXPECT_EQ(sso_cache_file_name("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d.json");
    EXPECT_EQ(login_cache_file_name("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.json");
}

TEST(Checklist, Item18AWebIdentityIsTradedForARoleWithoutASignatureAndARoleWithOne) {
    const sts_context where{parse_endpoint("https://sts.eu-west-1.amazonaws.com").value(),
                            "eu-west-1",
                            "redrive/0.1.0"};
    const auto traded = web_identity_request(where, {"arn:role", "s", secret_text{"a.b.c"}, {}});
    for (const auto* name : {"authorization", "x-amz-date", "x-amz-security-token"})
        EXPECT_FALSE(has_header(traded.headers, name)) << name;
    const auto assumed =
        assume_role_request(where, keys_with("t"), {"arn:role", "s", {}, {}, {}, {}, {}}, noon);
    EXPECT_TRUE(has_header(assumed.headers, "authorization"));
}

TEST(Checklist, Item21TheUserAgentAndTheTraceIdAreSentAndNeverSigned) {
    const auto request = sent(context_with("redrive/0.1.0", "Root=1-a"), keys_with("t"));
    EXPECT_EQ(find_header(request.headers, "user-agent"), "redrive/0.1.0");
    EXPECT_EQ(find_header(request.headers, "x-amzn-trace-id"), "Root=1-a");
    const auto proof = find_header(request.headers, "authorization");
    EXPECT_THAT(std::string{proof}, AllOf(Not(HasSubstr("user-agent")), Not(HasSubstr("trace"))));
    // A proxy may change both.
    EXPECT_EQ(
        find_header(sent(context_with("other/1", ""), keys_with("t")).headers, "authorization"),
        proof);
    // The signer of everything that is not SQS holds to it, too.
    const http_headers headers{{"Host", "h"}, {"User-Agent", "u"}, {"X-Amzn-Trace-Id", "t"}};
    EXPECT_EQ(sign({"GET", "/", &headers, ""}, {"r", "sts", noon}, keys_with("")).signed_headers,
              "host;x-amz-date");
}

TEST(Checklist, Item22ATokenOfFourKibibytesIsSentWholeAndSigned) {
    const std::string token(4096, 't');
    const auto request = sent(context_with("redrive/0.1.0", ""), keys_with(token));
    EXPECT_EQ(find_header(request.headers, "x-amz-security-token"), token);
    EXPECT_THAT(std::string{find_header(request.headers, "authorization")},
                HasSubstr(";x-amz-security-token;"));
}

} // namespace
} // namespace redrive::wire
