#include "wire/request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "wire/http_parser.hpp"
#include "wire/sigv4.hpp"

namespace redrive::wire {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr wall_time noon{std::chrono::milliseconds{1795348800000}}; // 2026-11-22T12:00:00Z

credentials example_identity(std::string_view token = {}) {
    return {"AKIDEXAMPLE",
            secret_text{"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"},
            secret_text{token},
            {}};
}

request_context example_context() {
    return {parse_endpoint("https://sqs.eu-west-1.amazonaws.com").value(),
            "eu-west-1",
            "redrive/0.1.0",
            {}};
}

attempt_stamp example_stamp() {
    return {noon, 2, 3, "0b2c3d4e-0000-4000-8000-000000000001"};
}

std::string rendered(const request_context& context,
                     std::string_view body,
                     const credentials& identity,
                     operation op = operation::cancel_message_move_task) {
    std::string out;
    request_writer{context, identity}.append(out, op, body, example_stamp());
    return out;
}

http_request parsed(std::string_view bytes) {
    request_parser parser;
    EXPECT_EQ(parser.feed(bytes), bytes.size());
    EXPECT_TRUE(parser.done());
    return parser.done() ? parser.request() : http_request{};
}

bool is_sdk_bookkeeping(const http_header& header) {
    return header.name.starts_with("amz-sdk-");
}

// What the general signer says about the same request.
sigv4_result signed_by_the_rules(const http_request& request,
                                 const request_context& context,
                                 const credentials& identity) {
    auto headers = request.headers;
    std::erase_if(headers, is_sdk_bookkeeping);
    return sign({request.method, request.target, &headers, request.body},
                {context.region, "sqs", noon},
                identity);
}

std::string expected_authorization(const http_request& request,
                                   const request_context& context,
                                   const credentials& identity) {
    return signed_by_the_rules(request, context, identity).authorization;
}

TEST(Request, IsWrittenByteForByteAsTheServiceExpects) {
    const auto bytes = rendered(example_context(), R"({"TaskHandle":"h"})", example_identity());
    EXPECT_THAT(bytes,
                StartsWith("POST / HTTP/1.1\r\n"
                           "Host: sqs.eu-west-1.amazonaws.com\r\n"
                           "Content-Type: application/x-amz-json-1.0\r\n"
                           "Content-Length: 18\r\n"
                           "X-Amz-Target: AmazonSQS.CancelMessageMoveTask\r\n"
                           "x-amzn-query-mode: true\r\n"
                           "X-Amz-Date: 20261122T120000Z\r\n"
                           "amz-sdk-invocation-id: 0b2c3d4e-0000-4000-8000-000000000001\r\n"
                           "amz-sdk-request: attempt=2; max=3\r\n"
                           "User-Agent: redrive/0.1.0\r\n"
                           "Authorization: AWS4-HMAC-SHA256 "
                           "Credential=AKIDEXAMPLE/20261122/eu-west-1/sqs/aws4_request, "
                           "SignedHeaders=content-length;content-type;host;x-amz-date;"
                           "x-amz-target;x-amzn-query-mode, Signature="));
    EXPECT_TRUE(bytes.ends_with("\r\n\r\n{\"TaskHandle\":\"h\"}"));
}

TEST(Request, NamesItsOperation) {
    const auto bytes =
        rendered(example_context(), "{}", example_identity(), operation::list_queues);
    EXPECT_THAT(bytes, HasSubstr("\r\nX-Amz-Target: AmazonSQS.ListQueues\r\n"));
}

TEST(Request, CarriesASessionTokenAndSignsIt) {
    const auto bytes = rendered(example_context(), "{}", example_identity("token/+="));
    EXPECT_THAT(bytes, HasSubstr("\r\nX-Amz-Security-Token: token/+=\r\n"));
    EXPECT_THAT(bytes, HasSubstr(";x-amz-date;x-amz-security-token;x-amz-target;"));
    EXPECT_THAT(rendered(example_context(), "{}", example_identity()),
                Not(HasSubstr("Security-Token")));
}

TEST(Request, CarriesATraceIdOnlyWhenThereIsOne) {
    auto context = example_context();
    EXPECT_THAT(rendered(context, "{}", example_identity()), Not(HasSubstr("Trace-Id")));
    context.trace_id = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
    EXPECT_THAT(rendered(context, "{}", example_identity()),
                HasSubstr("\r\nX-Amzn-Trace-Id: "
                          "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1\r\n"));
}

TEST(Request, ThroughAPlainProxyTakesTheAbsoluteFormAndSignsThePathAlone) {
    auto context = example_context();
    context.target = parse_endpoint("http://localhost:9324").value();
    const auto direct = parsed(rendered(context, "{}", example_identity()));
    context.absolute_prefix = "http://localhost:9324";
    context.proxy_authorization = secret_text{"Basic dTpw"};
    const auto bytes = rendered(context, "{}", example_identity());
    EXPECT_THAT(bytes, StartsWith("POST http://localhost:9324/ HTTP/1.1\r\n"));
    EXPECT_THAT(bytes, HasSubstr("\r\nProxy-Authorization: Basic dTpw\r\n"));
    EXPECT_EQ(find_header(parsed(bytes).headers, "authorization"),
              find_header(direct.headers, "authorization"));
}

TEST(Request, SaysWhatItIsSignedOver) {
    const auto context = example_context();
    const auto identity = example_identity();
    request_writer requests{context, identity};
    const auto told = requests.explain(operation::list_queues, "{}", noon);
    EXPECT_EQ(told.address, "sqs.eu-west-1.amazonaws.com");
    EXPECT_EQ(told.region, "eu-west-1");
    EXPECT_EQ(told.access_key_id, "AKIDEXAMPLE");
    EXPECT_EQ(told.canonical_request,
              "POST\n"
              "/\n"
              "\n"
              "content-length:2\n"
              "content-type:application/x-amz-json-1.0\n"
              "host:sqs.eu-west-1.amazonaws.com\n"
              "x-amz-date:20261122T120000Z\n"
              "x-amz-target:AmazonSQS.ListQueues\n"
              "x-amzn-query-mode:true\n"
              "\n"
              "content-length;content-type;host;x-amz-date;x-amz-target;x-amzn-query-mode\n"
              "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    const auto same = parsed(rendered(context, "{}", identity, operation::list_queues));
    const auto rules = signed_by_the_rules(same, context, identity);
    EXPECT_EQ(told.canonical_request, rules.canonical_request);
    EXPECT_EQ(told.string_to_sign, rules.string_to_sign);
}

TEST(Request, HidesTheSessionTokenInWhatItSaysItIsSignedOver) {
    const auto context = example_context();
    for (const std::string token : {"t", "token/+=", "x-amz-security-token:t"}) {
        const auto identity = example_identity(token);
        request_writer requests{context, identity};
        auto told = requests.explain(operation::list_queues, "{}", noon);
        const std::string line = "\nx-amz-security-token:(hidden)\n";
        const auto at = told.canonical_request.find(line);
        ASSERT_NE(at, std::string::npos) << told.canonical_request;
        const auto same = parsed(rendered(context, "{}", identity, operation::list_queues));
        const auto rules = signed_by_the_rules(same, context, identity);
        EXPECT_EQ(told.string_to_sign, rules.string_to_sign);
        told.canonical_request.replace(at, line.size(), "\nx-amz-security-token:" + token + "\n");
        EXPECT_EQ(told.canonical_request, rules.canonical_request);
    }
}

TEST(Request, IsTheSameAfterItWasExplained) {
    const auto context = example_context();
    const auto identity = example_identity("a token");
    request_writer requests{context, identity};
    std::string before, after;
    requests.append(before, operation::list_queues, "{}", example_stamp());
    static_cast<void>(requests.explain(operation::cancel_message_move_task, "{ }", noon));
    static_cast<void>(
        requests.explain(operation::list_queues, "{}", noon + std::chrono::seconds{5}));
    requests.append(after, operation::list_queues, "{}", example_stamp());
    EXPECT_EQ(before, after);
}

TEST(Request, IsAppendedBehindWhatTheBufferHolds) {
    std::string out;
    const auto context = example_context();
    const auto identity = example_identity();
    request_writer requests{context, identity};
    for (int i = 0; i < 2; ++i)
        requests.append(out, operation::list_queues, "{}", example_stamp());
    const auto one = rendered(context, "{}", identity, operation::list_queues);
    EXPECT_EQ(out, one + one);
}

TEST(Request, IsWrittenAnewForAnotherSecondIdentityAndPlace) {
    const auto context = example_context();
    auto elsewhere = context;
    elsewhere.region = "eu-west-2";
    const auto one = example_identity("a token"), other = example_identity();
    auto later = example_stamp();
    later.signing_time += std::chrono::seconds{1};
    const auto fresh =
        [&](const request_context& where, const credentials& who, const attempt_stamp& when) {
            std::string out;
            request_writer{where, who}.append(out, operation::list_queues, "{}", when);
            return out;
        };
    request_writer requests{context, one};
    const auto next = [&](const attempt_stamp& when) {
        std::string out;
        requests.append(out, operation::list_queues, "{}", when);
        return out;
    };
    EXPECT_EQ(next(example_stamp()), fresh(context, one, example_stamp()));
    EXPECT_EQ(next(later), fresh(context, one, later));
    EXPECT_EQ(next(example_stamp()), fresh(context, one, example_stamp()));
    requests.use(other);
    EXPECT_EQ(next(example_stamp()), fresh(context, other, example_stamp()));
    requests.use(elsewhere);
    EXPECT_EQ(next(example_stamp()), fresh(elsewhere, other, example_stamp()));
}

// Control bytes come from credentials files, environments and endpoints.
TEST(Request, LetsNoControlByteThroughInAnyHeader) {
    std::string evil = "a\r\nX-Evil: 1\n\tb";
    evil += '\0';
    evil += "\x7f";
    auto identity = example_identity(evil);
    identity.access_key_id = evil;
    auto context = example_context();
    context.user_agent = context.trace_id = context.region = evil;
    context.target.host = context.target.path = context.absolute_prefix = evil;
    context.proxy_authorization = secret_text{evil};
    auto stamp = example_stamp();
    stamp.invocation_id = evil;
    std::string out;
    request_writer{context, identity}.append(out, operation::list_queues, "{}", stamp);

    std::size_t lines = 0;
    const auto head = std::string_view{out}.substr(0, out.find("\r\n\r\n"));
    for (std::size_t i = 0; i < head.size(); ++i) {
        const auto byte = static_cast<unsigned char>(head[i]);
        if (byte >= 0x20 && byte != 0x7f) continue;
        ASSERT_EQ(head.substr(i, 2), "\r\n") << i;
        EXPECT_FALSE(head.substr(i).starts_with("\r\nX-Evil"));
        ++lines;
        ++i;
    }
    EXPECT_EQ(lines, 13U);
}

std::string random_text(std::mt19937& random, std::size_t longest, std::string_view alphabet) {
    std::string out(std::uniform_int_distribution<std::size_t>{0, longest}(random), ' ');
    for (auto& c : out) {
        c = alphabet[std::uniform_int_distribution<std::size_t>{0, alphabet.size() - 1}(random)];
    }
    return out;
}

endpoint random_endpoint(std::mt19937& random) {
    const auto pick = [&random](std::initializer_list<const char*> choices) {
        const auto last = choices.size() - 1;
        return std::string{
            choices.begin()[std::uniform_int_distribution<std::size_t>{0, last}(random)]};
    };
    const auto url =
        pick({"https://", "http://"}) +
        pick({"sqs.us-east-1.amazonaws.com", "localhost", "127.0.0.1", "[::1]", "h"}) +
        pick({"", ":80", ":443", ":9324", ":65535"}) +
        pick({"", "/", "/custom", "/a/b/", "/a//b", "/x/../y/.", "/per%20cent", "/~t.il-d_e"});
    return parse_endpoint(url).value();
}

TEST(Request, IsSignedAsTheGeneralSignerWouldForAnyInput) {
    std::mt19937 random{20261122};
    constexpr std::string_view printable = "abcXYZ0189+/=!#$%&'()*,-.:;<>?@[]^_`{|}~\"\\";
    std::string all_bytes;
    for (int i = 0; i < 256; ++i)
        all_bytes.push_back(static_cast<char>(i));
    request_writer requests;
    for (int round = 0; round < 500; ++round) {
        auto context = example_context();
        context.target = random_endpoint(random);
        context.user_agent = random_text(random, 60, printable);
        context.trace_id = random_text(random, 60, printable);
        const auto body = random_text(random, 300, all_bytes);
        const auto identity = example_identity(random_text(random, 2000, printable));
        const auto op = static_cast<operation>(round % static_cast<int>(operation_count));
        std::string out;
        requests.use(context);
        requests.use(identity);
        requests.append(out, op, body, example_stamp());

        const auto request = parsed(out);
        EXPECT_EQ(request.body, body);
        EXPECT_EQ(request.target, context.target.path);
        EXPECT_EQ(find_header(request.headers, "host"), context.target.authority());
        ASSERT_EQ(find_header(request.headers, "authorization"),
                  expected_authorization(request, context, identity))
            << context.target.url();
    }
}

// The server's way to the same signature: from the names that the request says are signed.
TEST(Request, HasTheSignatureThatItsReaderRecomputes) {
    const auto identity = example_identity("token");
    const auto request = parsed(rendered(example_context(), R"({"TaskHandle":"h"})", identity));
    const auto parts = parse_authorization(find_header(request.headers, "authorization"));
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->signature,
              expected_signature({request.method, request.target, &request.headers, request.body},
                                 *parts,
                                 find_header(request.headers, "x-amz-date"),
                                 identity.secret_access_key));
}

TEST(Request, ChangesItsSignatureWithEverySignedPart) {
    const auto context = example_context();
    const auto signature = [](const std::string& bytes) {
        return bytes.substr(bytes.find("Signature="), 74);
    };
    const auto base = signature(rendered(context, "{}", example_identity()));
    EXPECT_NE(base, signature(rendered(context, "{ }", example_identity())));
    EXPECT_NE(base, signature(rendered(context, "{}", example_identity("t"))));
    EXPECT_NE(base, signature(rendered(context, "{}", example_identity(), operation::list_queues)));
    auto elsewhere = context;
    elsewhere.region = "eu-west-2";
    EXPECT_NE(base, signature(rendered(elsewhere, "{}", example_identity())));
    auto other_agent = context;
    other_agent.user_agent = "other/1";
    EXPECT_EQ(base, signature(rendered(other_agent, "{}", example_identity())));
}

} // namespace
} // namespace redrive::wire
