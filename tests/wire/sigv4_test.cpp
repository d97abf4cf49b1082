#include "wire/sigv4.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redrive::wire {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

// The identity, time and scope of the examples that AWS publishes.
constexpr wall_time example_time = sys_days{2015y / August / 30} + 12h + 36min;
constexpr signing_scope example_scope = {"us-east-1", "service", example_time};

credentials example_identity(std::string_view session_token = {}) {
    return {.access_key_id = "AKIDEXAMPLE",
            .secret_access_key = secret_text{"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"},
            .session_token = secret_text{session_token},
            .account_id = {}};
}

sigv4_result sign_example(std::string_view method,
                          std::string_view uri,
                          http_headers more = {},
                          std::string_view body = {}) {
    more.push_back({"Host", "example.amazonaws.com"});
    return sign({method, uri, &more, body}, example_scope, example_identity());
}

TEST(SigV4, SignsTheSimplestRequestOfTheExamples) {
    const auto result = sign_example("GET", "/");
    EXPECT_EQ(result.canonical_request,
              "GET\n"
              "/\n"
              "\n"
              "host:example.amazonaws.com\n"
              "x-amz-date:20150830T123600Z\n"
              "\n"
              "host;x-amz-date\n"
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(result.string_to_sign,
              "AWS4-HMAC-SHA256\n"
              "20150830T123600Z\n"
              "20150830/us-east-1/service/aws4_request\n"
              "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63");
    EXPECT_EQ(result.signature, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    EXPECT_EQ(result.signed_headers, "host;x-amz-date");
    EXPECT_EQ(result.authorization,
              "AWS4-HMAC-SHA256 "
              "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
              "SignedHeaders=host;x-amz-date, "
              "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    EXPECT_EQ(find_header(result.headers, "Authorization"), result.authorization);
    EXPECT_EQ(find_header(result.headers, "X-Amz-Date"), "20150830T123600Z");
}

TEST(SigV4, AgreesWithTheExamplesOnPathsAndQueries) {
    const std::vector<std::pair<std::string, std::string>> table = {
        {"/?Param2=value2&Param1=value1",
         "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
        {"/?Param1=value2&Param1=value1",
         "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694"},
        {"/?\xe1\x88\xb4=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"},
        {"/\xe1\x88\xb4", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"},
        {"/example space/", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"},
        {"//example//", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"},
        {"/./example", "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"},
        {"/?acl", "06f239ec83cd47b28ade495a426887f0c088d2396a702f8cd8fda356f210797d"},
        {"/example1/example2/../..",
         "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
        {"/?", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"}};
    for (const auto& [uri, signature] : table)
        EXPECT_EQ(sign_example("GET", uri).signature, signature) << uri;
}

TEST(SigV4, AgreesWithTheExamplesOnHeaders) {
    EXPECT_EQ(
        sign_example("GET", "/", {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}})
            .signature,
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
    EXPECT_EQ(sign_example("GET",
                           "/",
                           {{"My-Header1", "value4"},
                            {"My-Header1", "value1"},
                            {"My-Header1", "value3"},
                            {"My-Header1", "value2"}})
                  .signature,
              "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01");
    EXPECT_EQ(sign_example("GET", "/", {{"My-Header1", "value1\n  value2\n     value3"}}).signature,
              "cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd");
}

TEST(SigV4, AgreesWithTheExamplesOnPosts) {
    EXPECT_EQ(sign_example("POST", "/").signature,
              "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    EXPECT_EQ(
        sign_example(
            "POST", "/", {{"Content-Type", "application/x-www-form-urlencoded"}}, "Param1=value1")
            .signature,
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
}

TEST(SigV4, SignsACancelForSqs) {
    const http_headers headers = {{"Host", "sqs.eu-west-1.amazonaws.com"},
                                  {"Content-Type", "application/x-amz-json-1.0"},
                                  {"Content-Length", "37"},
                                  {"X-Amz-Target", "AmazonSQS.CancelMessageMoveTask"},
                                  {"x-amzn-query-mode", "true"},
                                  {"User-Agent", "redrive/0.1"}};
    const auto result = sign({"POST", "/", &headers, R"({"TaskHandle":"eyJ0YXNrSWQiOiJ0In0="})"},
                             {"eu-west-1", "sqs", example_time},
                             example_identity());
    EXPECT_EQ(result.signed_headers,
              "content-length;content-type;host;x-amz-date;x-amz-target;x-amzn-query-mode");
    EXPECT_EQ(result.signature, "b9e010c0e4297881bcbd2719d214284ebf35959df2798abc6f5a4184d7b2fa61");
}

constexpr auto example_token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";

TEST(SigV4, SignsTheSessionToken) {
    const http_headers headers = {{"Host", "example.amazonaws.com"}};
    const auto result =
        sign({"POST", "/", &headers, ""}, example_scope, example_identity(example_token));
    EXPECT_EQ(result.signed_headers, "host;x-amz-date;x-amz-security-token");
    EXPECT_EQ(result.signature, "1d78d0f0676b729b53e1efa429f8b524311256a000ae1c91a847f3125ccdb289");
    EXPECT_EQ(find_header(result.headers, "X-Amz-Security-Token"), example_token);
}

TEST(SigV4, AddsTheSessionTokenAfterSigningWhenAsked) {
    const http_headers headers = {{"Host", "example.amazonaws.com"}};
    const auto result = sign({"POST", "/", &headers, ""},
                             example_scope,
                             example_identity(example_token),
                             {.omit_session_token = true});
    EXPECT_EQ(result.signature, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    EXPECT_EQ(find_header(result.headers, "X-Amz-Security-Token"), example_token);
}

TEST(SigV4, ReplacesWhatAnEarlierSignatureLeft) {
    const http_headers headers = {{"authorization", "AWS4-HMAC-SHA256 old"},
                                  {"x-amz-date", "20140101T000000Z"},
                                  {"X-AMZ-SECURITY-TOKEN", "old"},
                                  {"Host", "example.amazonaws.com"}};
    const auto result = sign({"GET", "/", &headers, ""}, example_scope, example_identity());
    EXPECT_EQ(result.signature, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    EXPECT_EQ(result.headers.size(), 3U);
    EXPECT_FALSE(has_header(result.headers, "x-amz-security-token"));
    EXPECT_EQ(find_header(result.headers, "authorization"), result.authorization);
}

TEST(SigV4, SignsTheHashOfTheBodyAsAHeaderWhenAsked) {
    const http_headers headers = {{"Host", "h"}, {"x-amz-content-sha256", "stale"}};
    const auto result = sign({"POST", "/", &headers, "abc"},
                             example_scope,
                             example_identity(),
                             {.sign_body_header = true});
    EXPECT_EQ(find_header(result.headers, "x-amz-content-sha256"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(result.signed_headers, "host;x-amz-content-sha256;x-amz-date");
}

TEST(SigV4, KeepsThePathWhenAsked) {
    const http_headers headers = {{"Host", "h"}};
    const auto result = sign({"GET", "/example//../%20", &headers, ""},
                             example_scope,
                             example_identity(),
                             {.normalize_path = false, .double_encode_path = false});
    EXPECT_THAT(result.canonical_request, ::testing::StartsWith("GET\n/example//../%20\n"));
}

TEST(SigV4, NeverSignsWhatAProxyOrALibraryMayChange) {
    for (const auto* name : {"authorization",
                             "user-agent",
                             "x-amzn-trace-id",
                             "traceparent",
                             "tracestate",
                             "baggage",
                             "expect",
                             "connection",
                             "keep-alive",
                             "te",
                             "trailer",
                             "transfer-encoding",
                             "upgrade",
                             "proxy-authenticate",
                             "proxy-authorization",
                             "sec-websocket-key"})
        EXPECT_TRUE(is_unsigned_header(name)) << name;
    for (const auto* name :
         {"host", "content-type", "x-amz-date", "x-amzn-query-mode", "accept", ""})
        EXPECT_FALSE(is_unsigned_header(name)) << name;
}

TEST(SigV4, DerivesTheKeyOfTheDocumentation) {
    std::string text;
    append_hex(
        text,
        derive_signing_key(example_identity().secret_access_key, "20150830", "us-east-1", "iam"));
    EXPECT_EQ(text, "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
}

struct signed_example {
    std::string uri = "/queue?b=2&a=1";
    std::string body = "{}";
    sigv4_result result;

    signed_example() {
        const http_headers headers = {
            {"Host", "localhost:4566"}, {"X-Two", "a  b"}, {"x-two", "c"}};
        result = sign({"POST", uri, &headers, body}, example_scope, example_identity());
    }
    [[nodiscard]] std::string expected(
        const http_headers& headers,
        std::string_view method = "POST",
        std::string_view amz_date = "20150830T123600Z",
        std::string_view secret = example_identity().secret_access_key.reveal()) const {
        const auto parts = parse_authorization(result.authorization);
        return expected_signature(
            {method, uri, &headers, body}, *parts, amz_date, secret_text{secret});
    }
};

TEST(ExpectedSignature, IsTheOneThatWasSigned) {
    const signed_example example;
    EXPECT_EQ(example.expected(example.result.headers), example.result.signature);
}

TEST(ExpectedSignature, IgnoresHeadersThatWereNotSigned) {
    const signed_example example;
    auto headers = example.result.headers;
    headers.push_back({"User-Agent", "anything"});
    headers.push_back({"Via", "a proxy"});
    EXPECT_EQ(example.expected(headers), example.result.signature);
}

TEST(ExpectedSignature, DiffersWhenAnythingSignedDiffers) {
    const signed_example example;
    const auto& headers = example.result.headers;
    EXPECT_NE(example.expected(headers, "GET"), example.result.signature);
    EXPECT_NE(example.expected(headers, "POST", "20150830T123601Z"), example.result.signature);
    EXPECT_NE(example.expected(headers, "POST", "20150830T123600Z", "wrong"),
              example.result.signature);
    EXPECT_NE(example.expected({}), example.result.signature);
    for (std::size_t i = 0; i + 1 < headers.size(); ++i) {
        auto changed = headers;
        changed[i].value += "x";
        EXPECT_NE(example.expected(changed), example.result.signature) << headers[i].name;
    }
    auto other = example;
    other.body += " ";
    EXPECT_NE(other.expected(headers), example.result.signature);
    other = example;
    other.uri += "&c";
    EXPECT_NE(other.expected(headers), example.result.signature);
}

} // namespace
} // namespace redrive::wire
