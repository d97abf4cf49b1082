#include "wire/error_reply.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "redrive/diagnostics.hpp"

namespace redrive::wire {
namespace {

service_error read(unsigned status,
                   const http_headers& headers,
                   std::string_view body,
                   std::string_view reason = "") {
    json_reader reader;
    return read_error(status, reason, headers, body, reader);
}

TEST(ErrorReply, OfSqsNamesTypeLegacyCodeFaultAndRequest) {
    const auto error = read(
        400,
        {{"x-amzn-RequestId", "r-1"},
         {"x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender"}},
        R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The queue is not there."})");
    EXPECT_EQ(error.status, 400U);
    EXPECT_EQ(error.type_code, "QueueDoesNotExist");
    EXPECT_EQ(error.code, "AWS.SimpleQueueService.NonExistentQueue");
    EXPECT_EQ(error.fault, error_fault::sender);
    EXPECT_EQ(error.message, "The queue is not there.");
    EXPECT_EQ(error.request_id, "r-1");
    EXPECT_EQ(error.meaning, service_errc::queue_not_found);
    EXPECT_TRUE(error.is("QueueDoesNotExist"));
    EXPECT_TRUE(error.is("AWS.SimpleQueueService.NonExistentQueue"));
    EXPECT_FALSE(error.is("ResourceNotFoundException"));
}

TEST(ErrorReply, PrefersTheHeaderThenCodeThenType) {
    const auto body = R"({"__type":"ns#FromType","code":"ns#FromCode"})";
    EXPECT_EQ(read(400, {{"X-Amzn-Errortype", "FromHeader"}}, body).type_code, "FromHeader");
    EXPECT_EQ(read(400, {}, body).type_code, "FromCode");
    EXPECT_EQ(read(400, {}, R"({"__type":"ns#FromType"})").type_code, "FromType");
}

TEST(ErrorReply, SkipsCodesThatAreNoText) {
    EXPECT_EQ(read(400, {}, R"({"code":42,"__type":"ns#FromType"})").type_code, "FromType");
    EXPECT_EQ(read(400, {}, R"({"code":null,"__type":"FromType"})").type_code, "FromType");
    EXPECT_EQ(read(400, {}, R"({"code":"","__type":"FromType"})").type_code, "FromType");
    EXPECT_EQ(read(400, {}, R"({"code":{"__type":"Nested"}})").type_code, "");
}

TEST(ErrorReply, ReadsTheTypeAtTheTopOnly) {
    const auto error = read(400, {}, R"({"detail":{"__type":"ns#Nested"},"message":"m"})");
    EXPECT_EQ(error.type_code, "");
    EXPECT_EQ(error.code, "400");
    EXPECT_EQ(error.message, "m");
}

struct spelling {
    const char* text;
    const char* name;
};

class ErrorReplySpelling : public ::testing::TestWithParam<spelling> {};

TEST_P(ErrorReplySpelling, YieldsTheNameOfTheShape) {
    const auto [text, name] = GetParam();
    EXPECT_EQ(read(400, {{"x-amzn-errortype", text}}, "{}").type_code, name) << text;
    const auto body = std::string{R"({"__type":")"} + text + "\"}";
    EXPECT_EQ(read(400, {}, body).type_code, name) << text;
}

INSTANTIATE_TEST_SUITE_P(
    EachForm,
    ErrorReplySpelling,
    ::testing::Values(spelling{"FooError", "FooError"},
                      spelling{"FooError:http://internal.amazon.com/coral/x/", "FooError"},
                      spelling{"aws.protocoltests.restjson#FooError", "FooError"},
                      spelling{"aws.x#FooError:http://internal.amazon.com/coral/x/", "FooError"},
                      spelling{"FooError:http://host/#fragment", "FooError"},
                      spelling{" FooError ", "FooError"}));

struct query_header {
    const char* text;
    const char* code;
    error_fault fault;
};

class ErrorReplyQueryHeader : public ::testing::TestWithParam<query_header> {};

TEST_P(ErrorReplyQueryHeader, CountsOnlyWithACodeAndAFault) {
    const auto& [text, code, fault] = GetParam();
    const auto error = read(400, {{"X-AMZN-QUERY-ERROR", text}}, R"({"__type":"ns#Shape"})");
    EXPECT_EQ(error.code, code) << text;
    EXPECT_EQ(error.fault, fault) << text;
    EXPECT_EQ(error.type_code, "Shape") << text;
}

INSTANTIATE_TEST_SUITE_P(
    EachForm,
    ErrorReplyQueryHeader,
    ::testing::Values(query_header{"Legacy;Sender", "Legacy", error_fault::sender},
                      query_header{"Legacy;Receiver", "Legacy", error_fault::receiver},
                      query_header{"Legacy;Other", "Legacy", error_fault::unknown},
                      query_header{"Legacy;", "Legacy", error_fault::unknown},
                      query_header{
                          "com.amazonaws.sqs#Legacy;Sender", "Legacy", error_fault::sender},
                      query_header{"Legacy", "Shape", error_fault::unknown},
                      query_header{";Sender", "Shape", error_fault::unknown},
                      query_header{"", "Shape", error_fault::unknown},
                      query_header{"Legacy;Sender;Extra", "Shape", error_fault::unknown},
                      query_header{"Legacy;Sender;", "Shape", error_fault::unknown}));

TEST(ErrorReply, NeverInventsTheLegacyCode) {
    const auto error = read(400, {}, R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist"})");
    EXPECT_EQ(error.code, "QueueDoesNotExist");
    EXPECT_EQ(error.meaning, service_errc::queue_not_found);
}

TEST(ErrorReply, TakesTheMessageInEverySpelling) {
    EXPECT_EQ(read(400, {}, R"({"__type":"E","message":"a","Message":"b"})").message, "a");
    EXPECT_EQ(read(400, {}, R"({"__type":"E","Message":"b","errorMessage":"c"})").message, "b");
    EXPECT_EQ(read(400, {}, R"({"__type":"E","errorMessage":"c"})").message, "c");
    EXPECT_EQ(read(400, {}, R"({"__type":"E","message":7,"Message":"b"})").message, "b");
    EXPECT_EQ(read(400, {}, R"({"__type":"E","message":{"a":1}})").message, "");
    EXPECT_EQ(read(400, {}, R"({"__type":"E"})", "Bad Request").message, "");
}

TEST(ErrorReply, FindsTheRequestIdInTurn) {
    const auto body = R"({"__type":"E","RequestId":"body"})";
    EXPECT_EQ(read(400, {{"X-Amzn-RequestID", "a"}, {"x-amz-request-id", "b"}}, body).request_id,
              "a");
    EXPECT_EQ(read(400, {{"x-amz-request-id", "b"}}, body).request_id, "b");
    EXPECT_EQ(read(400, {}, body).request_id, "body");
    EXPECT_EQ(read(400, {}, R"({"__type":"E"})").request_id, "");
}

TEST(ErrorReply, WithoutACodeIsNamedByItsStatus) {
    EXPECT_EQ(read(418, {}, "{}", "I'm a teapot").code, "418");
    EXPECT_EQ(read(418, {}, "{}", "I'm a teapot").message, "I'm a teapot");
    EXPECT_EQ(read(400, {}, "{}").message, "Bad Request");
    EXPECT_EQ(read(302, {{"Location", "http://elsewhere/"}}, "").code, "302");
    EXPECT_EQ(read(302, {}, "").message, "Found");
    EXPECT_EQ(read(418, {}, "[]").message, "[]");
}

TEST(ErrorReply, OfABrokenServerIsNamedByItsStatusAlone) {
    for (const auto body :
         {"", " \r\n<html><h1>It broke</h1></html>", "upstream reset", "{\"a\":"}) {
        const auto error = read(503, {}, body, "Service Unavailable");
        EXPECT_EQ(error.code, "503") << body;
        EXPECT_EQ(error.message, "Service Unavailable") << body;
        EXPECT_EQ(error.meaning, service_errc::internal) << body;
    }
    EXPECT_EQ(read(500, {}, "").message, "Internal Server Error");
}

TEST(ErrorReply, OfAProxyIsToldByItsText) {
    const auto error = read(403, {}, "<html>Blocked by policy</html>\n", "Forbidden");
    EXPECT_EQ(error.code, "403");
    EXPECT_EQ(error.message, "<html>Blocked by policy</html>");
    EXPECT_EQ(error.meaning, service_errc::unrecognised);
    EXPECT_EQ(read(403, {}, "", "Forbidden").message, "Forbidden");
}

TEST(ErrorReply, KeepsTheHeadersOfABodyThatIsNoJson) {
    const auto error = read(403,
                            {{"x-amzn-errortype", "RequestThrottled"},
                             {"x-amzn-query-error", "Throttled.Legacy;Sender"},
                             {"x-amzn-requestid", "r"}},
                            "{\"__type\":\"cut of");
    EXPECT_EQ(error.type_code, "RequestThrottled");
    EXPECT_EQ(error.code, "Throttled.Legacy");
    EXPECT_EQ(error.fault, error_fault::sender);
    EXPECT_EQ(error.request_id, "r");
    EXPECT_EQ(error.meaning, service_errc::throttled);
}

TEST(ErrorReply, BoundsItsTextsBetweenCharacters) {
    const auto longest = diagnostics::longest_message;
    const std::string almost(longest - 1, 'm');
    const auto error = read(400, {}, R"({"__type":"E","message":")" + almost + "\xc3\xa9xx\"}");
    EXPECT_EQ(error.message, almost);
    EXPECT_EQ(read(403, {}, std::string(5000, 'p')).message.size(), longest);
    EXPECT_EQ(read(400, {{"x-amzn-errortype", std::string(5000, 'c')}}, "").type_code.size(),
              longest);
    EXPECT_EQ(read(400, {{"x-amzn-requestid", std::string(5000, 'i')}}, "").request_id.size(),
              longest);
}

// What emulators answer, each in its own dialect.
TEST(ErrorReply, OfElasticMqIsUnderstoodThoughItsHeaderHasNoFault) {
    const auto error = read(
        400,
        {{"X-Amzn-Query-Error", "com.amazonaws.sqs#ResourceNotFoundException"}},
        R"({"__type":"com.amazonaws.sqs#ResourceNotFoundException","Message":"The task handle x )"
        R"(is not valid or does not exist"})");
    EXPECT_EQ(error.code, "ResourceNotFoundException");
    EXPECT_EQ(error.fault, error_fault::unknown);
    EXPECT_EQ(error.message, "The task handle x is not valid or does not exist");
    EXPECT_EQ(error.meaning, service_errc::resource_not_found);
}

TEST(ErrorReply, MeansWhatAHeaderWithoutFaultSaysWhenNothingElseDoes) {
    const auto error =
        read(400, {{"x-amzn-query-error", "com.amazonaws.sqs#UnsupportedOperation"}}, "oops");
    EXPECT_EQ(error.code, "400");
    EXPECT_EQ(error.meaning, service_errc::unsupported);
}

TEST(ErrorReply, OfFauxqsIsUnderstoodThoughEveryCodeHasThePrefix) {
    const auto error =
        read(404,
             {{"x-amzn-query-error", "AWS.SimpleQueueService.ResourceNotFoundException;Sender"}},
             R"({"message":"already in status COMPLETED and cannot be cancelled."})");
    EXPECT_EQ(error.code, "AWS.SimpleQueueService.ResourceNotFoundException");
    EXPECT_EQ(error.meaning, service_errc::resource_not_found);
}

TEST(ErrorReply, OfLocalStackIsUnderstoodWithoutNameSpace) {
    const auto error = read(404, {}, R"({"__type":"ResourceNotFoundException","message":"m"})");
    EXPECT_EQ(error.meaning, service_errc::resource_not_found);
}

TEST(ErrorReply, OfPlainTextIsAnInternalFailure) {
    const auto error = read(500,
                            {{"Content-Type", "text/plain; charset=UTF-8"}},
                            "There was an internal server error.",
                            "Internal Server Error");
    EXPECT_EQ(error.code, "500");
    EXPECT_EQ(error.message, "Internal Server Error");
    EXPECT_EQ(error.meaning, service_errc::internal);
}

} // namespace
} // namespace redrive::wire
