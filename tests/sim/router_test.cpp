#include "sim/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "router_rig.hpp"

namespace redrive::sim {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Router : public ::testing::Test, protected router_rig {
  protected:
    answered ask(std::string_view operation, const std::string& body = "{}", wall_time at = now) {
        request_terms terms;
        terms.at = at;
        return ask_bytes(sqs_request(operation, body, terms), at);
    }
    std::string body_of(std::string_view operation,
                        const std::string& body = "{}",
                        wall_time at = now) {
        return ask(operation, body, at).reply.body;
    }
    // A dead-letter queue "d" with a source "s" and a synthetic backlog.
    std::string start_task(std::int64_t backlog = 100) {
        (void)body_of("CreateQueue", R"({"QueueName":"d"})");
        (void)body_of("CreateQueue",
                      R"({"QueueName":"s","Attributes":{"RedrivePolicy":)"
                      R"("{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:100000000001:d\",)"
                      R"(\"maxReceiveCount\":1}"}})");
        world.state().at("100000000001", "us-east-1").queues.find("d")->backlog = backlog;
        const auto reply = body_of("StartMessageMoveTask",
                                   R"({"SourceArn":"arn:aws:sqs:us-east-1:100000000001:d",)"
                                   R"("MaxNumberOfMessagesPerSecond":1})");
        EXPECT_THAT(reply, StartsWith(R"({"TaskHandle":")"));
        return reply.substr(15, reply.size() - 17);
    }
};

TEST_F(Router, AnswersAnErrorAsTheServiceDoes) {
    const auto result = ask("CancelMessageMoveTask", R"({"TaskHandle":"foobared"})");
    EXPECT_EQ(result.reply.status, 400u);
    EXPECT_EQ(result.reply.body,
              R"({"__type":"com.amazon.coral.service#InvalidParameterValueException",)"
              R"("message":"Value for parameter TaskHandle is invalid."})");
    EXPECT_EQ(header(result, "x-amzn-query-error"), "InvalidParameterValue;Sender");
    EXPECT_EQ(header(result, "content-type"), "application/x-amz-json-1.0");
    EXPECT_EQ(header(result, "date"), "Tue, 14 Nov 2023 22:13:20 GMT");
    EXPECT_EQ(header(result, "x-amzn-requestid").size(), 36u);
}

TEST_F(Router, NamesModelledErrorsInTheServicesOwnNamespace) {
    const auto result = ask("ListMessageMoveTasks",
                            R"({"SourceArn":"arn:aws:sqs:us-east-1:100000000001:nowhere"})");
    EXPECT_EQ(result.reply.status, 404u);
    EXPECT_EQ(result.reply.body,
              R"({"__type":"com.amazonaws.sqs#ResourceNotFoundException","message":"The resource )"
              R"(that you specified for the SourceArn parameter doesn't exist."})");
    EXPECT_EQ(header(result, "x-amzn-query-error"), "ResourceNotFoundException;Sender");
}

TEST_F(Router, KeepsTheLegacyCodeFromThoseWhoDoNotAskForIt) {
    request_terms terms;
    terms.at = now;
    terms.query_mode = false;
    const auto result = ask_bytes(sqs_request("GetQueueUrl", R"({"QueueName":"q"})", terms));
    EXPECT_EQ(result.reply.status, 400u);
    EXPECT_EQ(header(result, "x-amzn-query-error"), "");
}

TEST_F(Router, ComplainsAboutMissingAndEmptyMembers) {
    EXPECT_THAT(body_of("CancelMessageMoveTask"),
                HasSubstr("The request must contain the parameter TaskHandle."));
    EXPECT_THAT(body_of("CancelMessageMoveTask", R"({"TaskHandle":""})"),
                HasSubstr("The TaskHandle parameter is required."));
    EXPECT_THAT(body_of("CancelMessageMoveTask", R"({"TaskHandle":5})"),
                HasSubstr("SerializationException"));
    EXPECT_THAT(body_of("CancelMessageMoveTask", "[]"), HasSubstr("SerializationException"));
    EXPECT_THAT(body_of("ListMessageMoveTasks", R"({"SourceArn":"a","MaxResults":11})"),
                HasSubstr("Must be between 1 and 10."));
}

TEST_F(Router, ListsAHandleOnlyWhileTheTaskRuns) {
    const auto handle = start_task();
    const std::string list = R"({"SourceArn":"arn:aws:sqs:us-east-1:100000000001:d"})";
    EXPECT_EQ(body_of("ListMessageMoveTasks", list, now + 2s),
              R"({"Results":[{"TaskHandle":")" + handle +
                  R"(","Status":"RUNNING","SourceArn":"arn:aws:sqs:us-east-1:100000000001:d",)"
                  R"("MaxNumberOfMessagesPerSecond":1,"ApproximateNumberOfMessagesMoved":2,)"
                  R"("ApproximateNumberOfMessagesToMove":100,"StartedTimestamp":1700000000000}]})");
    EXPECT_EQ(body_of("CancelMessageMoveTask", R"({"TaskHandle":")" + handle + R"("})", now + 2s),
              R"({"ApproximateNumberOfMessagesMoved":2})");
    EXPECT_THAT(body_of("ListMessageMoveTasks", list, now + 2500ms),
                StartsWith(R"({"Results":[{"Status":"CANCELLING","SourceArn":)"));
    const auto last = body_of("ListMessageMoveTasks", list, now + 3s);
    EXPECT_THAT(last, StartsWith(R"({"Results":[{"Status":"CANCELLED","SourceArn":)"));
    EXPECT_THAT(last, HasSubstr(R"("ApproximateNumberOfMessagesMoved":8)"));
}

TEST_F(Router, KeepsAccountsAndRegionsApart) {
    (void)body_of("CreateQueue", R"({"QueueName":"q"})");
    EXPECT_EQ(body_of("ListQueues"), R"({"QueueUrls":["https://127.0.0.1:4566/100000000001/q"]})");
    request_terms terms;
    terms.at = now;
    terms.region = "eu-west-1";
    EXPECT_EQ(ask_bytes(sqs_request("ListQueues", "{}", terms)).reply.body, "{}");
}

TEST_F(Router, PagesListQueuesOnlyWhenAPageSizeIsGiven) {
    for (const auto* name : {"c", "a", "b", "other"})
        (void)body_of("CreateQueue", R"({"QueueName":")" + std::string{name} + R"("})");
    EXPECT_THAT(body_of("ListQueues"), Not(HasSubstr("NextToken")));
    const auto first = body_of("ListQueues", R"({"MaxResults":2})");
    EXPECT_EQ(first,
              R"({"QueueUrls":["https://127.0.0.1:4566/100000000001/a",)"
              R"("https://127.0.0.1:4566/100000000001/b"],"NextToken":"Yg=="})");
    EXPECT_EQ(body_of("ListQueues", R"({"MaxResults":2,"NextToken":"Yg=="})"),
              R"({"QueueUrls":["https://127.0.0.1:4566/100000000001/c",)"
              R"("https://127.0.0.1:4566/100000000001/other"]})");
    EXPECT_EQ(body_of("ListQueues", R"({"QueueNamePrefix":"ot"})"),
              R"({"QueueUrls":["https://127.0.0.1:4566/100000000001/other"]})");
}

TEST_F(Router, SpellsTheUrlsOfSourceQueuesInLowerCase) {
    (void)start_task();
    EXPECT_EQ(body_of("ListDeadLetterSourceQueues",
                      R"({"QueueUrl":"https://127.0.0.1:4566/100000000001/d"})"),
              R"({"queueUrls":["https://127.0.0.1:4566/100000000001/s"]})");
}

TEST_F(Router, RefusesWhoeverCannotProveWhoTheyAre) {
    struct row {
        request_terms terms;
        unsigned status;
        std::string_view type, legacy;
    };
    request_terms wrong_secret, stranger, late, early, token, wrong_service;
    wrong_secret.secret = "guessed";
    stranger.account = "200000000002";
    token.session_token = "token";
    wrong_service.service = "s3";
    for (auto* terms : {&wrong_secret, &stranger, &late, &early, &token, &wrong_service})
        terms->at = now;
    late.at = now - 301s;
    early.at = now + 301s;
    const row rows[] = {
        {wrong_secret, 403, "#InvalidSignatureException", "SignatureDoesNotMatch;Sender"},
        {stranger, 403, "#UnrecognizedClientException", "InvalidClientTokenId;Sender"},
        {late, 403, "#InvalidSignatureException", "SignatureDoesNotMatch;Sender"},
        {early, 403, "#InvalidSignatureException", "SignatureDoesNotMatch;Sender"},
        {token, 403, "#UnrecognizedClientException", "InvalidClientTokenId;Sender"},
        {wrong_service, 403, "#InvalidSignatureException", "SignatureDoesNotMatch;Sender"},
    };
    for (const auto& [terms, status, type, legacy] : rows) {
        const auto result = ask_bytes(sqs_request("ListQueues", "{}", terms));
        EXPECT_EQ(result.reply.status, status);
        EXPECT_THAT(result.reply.body,
                    HasSubstr(std::string{"com.amazon.coral.service"} + std::string{type}));
        EXPECT_EQ(header(result, "x-amzn-query-error"), legacy);
    }
}

TEST_F(Router, SaysWhenASignatureExpired) {
    request_terms terms;
    terms.at = now - 10min;
    EXPECT_THAT(ask_bytes(sqs_request("ListQueues", "{}", terms)).reply.body,
                HasSubstr("Signature expired: 20231114T220320Z is now earlier than "
                          "20231114T220820Z (20231114T221320Z - 5 min.)"));
    terms.at = now - 5min;
    EXPECT_EQ(ask_bytes(sqs_request("ListQueues", "{}", terms)).reply.status, 200u);
}

TEST_F(Router, MissesASignatureAndRefusesAChangedRequest) {
    EXPECT_THAT(ask_bytes("POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: AmazonSQS.ListQueues\r\n"
                          "Content-Length: 2\r\n\r\n{}")
                    .reply.body,
                HasSubstr("MissingAuthenticationTokenException"));
    request_terms terms;
    terms.at = now;
    auto bytes = sqs_request("ListQueues", R"({"MaxResults":1})", terms);
    bytes.replace(bytes.find(R"(":1})") + 2, 1, "2");
    EXPECT_THAT(ask_bytes(bytes).reply.body, HasSubstr("InvalidSignatureException"));
}

TEST_F(Router, InsistsThatAmzHeadersAreSigned) {
    request_terms terms;
    terms.at = now;
    auto bytes = sqs_request("ListQueues", "{}", terms);
    bytes.insert(bytes.find("Content-Length"), "X-Amz-Extra: 1\r\n");
    EXPECT_THAT(ask_bytes(bytes).reply.body, HasSubstr("'x-amz-extra' must be a 'SignedHeader'"));
}

TEST_F(Router, TellsWhoIsCalling) {
    request_terms terms;
    terms.at = now;
    const auto result = ask_bytes(sts_request("GetCallerIdentity", terms));
    EXPECT_EQ(result.reply.status, 200u);
    EXPECT_THAT(result.reply.body, HasSubstr("<Account>100000000001</Account>"));
    EXPECT_THAT(result.reply.body, HasSubstr("<Arn>arn:aws:iam::100000000001:user/sim</Arn>"));
    EXPECT_THAT(result.reply.body, HasSubstr("<UserId>AIDASIM0100000000001</UserId>"));
    terms.secret = "guessed";
    const auto refused = ask_bytes(sts_request("GetCallerIdentity", terms));
    EXPECT_EQ(refused.reply.status, 403u);
    EXPECT_THAT(refused.reply.body,
                HasSubstr("<Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code>"));
}

TEST_F(Router, ThrottlesWith403) {
    world.limits.add("ListQueues=1/s");
    EXPECT_EQ(ask("ListQueues").reply.status, 200u);
    const auto refused = ask("ListQueues");
    EXPECT_EQ(refused.reply.status, 403u);
    EXPECT_THAT(refused.reply.body, HasSubstr("com.amazonaws.sqs#RequestThrottled"));
    EXPECT_EQ(header(refused, "x-amzn-query-error"), "RequestThrottled;Sender");
    EXPECT_EQ(world.ledger.throttled(), 1u);
}

TEST_F(Router, AnswersWithFaultsInsteadOfTheCall) {
    const auto handle = start_task();
    const auto cancel = R"({"TaskHandle":")" + handle + R"("})";
    set_faults({"nth=1,do=error:InternalError",
                "nth=2,do=error:ThrottlingException:429",
                "nth=3,do=html:502",
                "nth=4,do=throttle"});
    const auto internal = ask("CancelMessageMoveTask", cancel);
    EXPECT_EQ(internal.reply.status, 500u);
    EXPECT_EQ(header(internal, "x-amzn-query-error"), "InternalError;Receiver");
    EXPECT_EQ(ask("CancelMessageMoveTask", cancel).reply.status, 429u);
    const auto html = ask("CancelMessageMoveTask", cancel);
    EXPECT_EQ(html.reply.status, 502u);
    EXPECT_THAT(html.reply.body, StartsWith("<html>"));
    EXPECT_EQ(ask("CancelMessageMoveTask", cancel).reply.status, 403u);
    EXPECT_EQ(ask("CancelMessageMoveTask", cancel).reply.status, 200u);
}

TEST_F(Router, MakesTheCallWhoseReplyAFaultHides) {
    for (const auto* fault : {"do=close", "do=reset", "do=half", "do=garbage"}) {
        SCOPED_TRACE(fault);
        world.start_over(now);
        const auto handle = start_task();
        set_faults({fault});
        const auto result = ask("CancelMessageMoveTask", R"({"TaskHandle":")" + handle + R"("})");
        EXPECT_TRUE(result.how.how != delivery::way::whole || result.how.then_close);
        const auto& task = *world.state().at("100000000001", "us-east-1").tasks.all().front();
        EXPECT_EQ(task.phase(now), task_phase::cancelling);
    }
}

TEST_F(Router, PutsItsClockAheadForSignaturesAndDate) {
    set_faults({"do=date:600"});
    const auto refused = ask("ListQueues");
    EXPECT_EQ(refused.reply.status, 403u);
    EXPECT_EQ(header(refused, "date"), "Tue, 14 Nov 2023 22:23:20 GMT");
    request_terms terms;
    terms.at = now + 10min;
    EXPECT_EQ(ask_bytes(sqs_request("ListQueues", "{}", terms)).reply.status, 200u);
}

TEST_F(Router, AnnouncesTheEndAfterAGivenNumberOfReplies) {
    set_faults({"do=close-after:1"});
    const auto result = ask("ListQueues");
    EXPECT_TRUE(result.how.then_close);
    EXPECT_EQ(header(result, "connection"), "close");
}

TEST_F(Router, RemembersWhatAStopHasNoBusinessWith) {
    (void)start_task();
    (void)ask("ListQueues");
    EXPECT_EQ(world.ledger.forbidden(),
              (std::set<std::string, std::less<>>{"CreateQueue", "StartMessageMoveTask"}));
    const auto state = ask_bytes("GET /_sim/state HTTP/1.1\r\nHost: h\r\n\r\n", now + 2s);
    EXPECT_EQ(state.reply.status, 200u);
    EXPECT_THAT(state.reply.body,
                HasSubstr(R"("totals":{"running":1,"cancelling":0,"cancelled":0,"completed":0,)"
                          R"("failed":0,"moved":2,"moved_after_order":0})"));
    EXPECT_THAT(state.reply.body,
                HasSubstr(R"({"operation":"ListQueues","account":"100000000001",)"
                          R"("region":"us-east-1","result":"ok","count":1})"));
    EXPECT_THAT(state.reply.body,
                HasSubstr(R"("forbidden":["CreateQueue","StartMessageMoveTask"])"));
    EXPECT_THAT(state.reply.body,
                HasSubstr(R"("started":"2023-11-14T22:13:20.000Z","ordered_at":null)"));
}

TEST_F(Router, ReplacesFaultsAndStartsOverThroughTheSideDoor) {
    const auto post = [&](const std::string& path, const std::string& body) {
        return ask_bytes("POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: " +
                         std::to_string(body.size()) + "\r\n\r\n" + body)
            .reply;
    };
    EXPECT_EQ(post("/_sim/faults", "op=ListQueues,do=throttle\ndo=delay:1\n").body,
              R"({"faults":2})");
    EXPECT_EQ(ask("ListQueues").reply.status, 403u);
    EXPECT_EQ(post("/_sim/faults", R"(["do=error:InternalError"])").body, R"({"faults":1})");
    EXPECT_EQ(ask("ListQueues").reply.status, 500u);
    EXPECT_EQ(post("/_sim/faults", "do=explode").status, 400u);
    EXPECT_EQ(ask("ListQueues").reply.status, 500u);
    EXPECT_EQ(post("/_sim/faults", "").body, R"({"faults":0})");
    (void)body_of("CreateQueue", R"({"QueueName":"q"})");
    EXPECT_EQ(post("/_sim/reset", "").status, 200u);
    EXPECT_EQ(body_of("ListQueues"), "{}");
    EXPECT_TRUE(world.ledger.forbidden().empty());
    EXPECT_EQ(post("/_sim/other", "").status, 404u);
}

TEST_F(Router, SendsAndReceivesWithTheChecksumsThatSdksVerify) {
    (void)body_of("CreateQueue", R"({"QueueName":"q"})");
    const std::string url = R"("QueueUrl":"https://127.0.0.1:4566/100000000001/q")";
    const auto sent = body_of("SendMessage",
                              "{" + url +
                                  R"(,"MessageBody":"hello","MessageAttributes":{"a":)"
                                  R"({"DataType":"String","StringValue":"b"}}})");
    EXPECT_THAT(sent, HasSubstr(R"("MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592")"));
    EXPECT_THAT(sent, HasSubstr(R"("MD5OfMessageAttributes":")"));
    const auto received =
        body_of("ReceiveMessage",
                "{" + url +
                    R"(,"MessageAttributeNames":["All"],)"
                    R"("MessageSystemAttributeNames":["ApproximateReceiveCount"]})");
    EXPECT_THAT(received,
                HasSubstr(R"("Body":"hello","Attributes":{"ApproximateReceiveCount":"1"})"));
    EXPECT_THAT(received,
                HasSubstr(R"("MessageAttributes":{"a":{"DataType":"String","StringValue":"b"}})"));
    const auto from = received.find(R"("ReceiptHandle":")") + 17;
    const auto receipt = received.substr(from, received.find('"', from) - from);
    EXPECT_EQ(body_of("DeleteMessage", "{" + url + R"(,"ReceiptHandle":")" + receipt + R"("})"),
              "{}");
    EXPECT_EQ(body_of("ReceiveMessage", "{" + url + "}", now + 1h), "{}");
    EXPECT_THAT(body_of("DeleteMessage", "{" + url + R"(,"ReceiptHandle":"x"})"),
                HasSubstr("ReceiptHandleIsInvalid"));
}

TEST_F(Router, AnswersEachEntryOfABatch) {
    (void)body_of("CreateQueue", R"({"QueueName":"q"})");
    const std::string url = R"("QueueUrl":"https://127.0.0.1:4566/100000000001/q")";
    const auto reply = body_of("SendMessageBatch",
                               "{" + url +
                                   R"(,"Entries":[{"Id":"1","MessageBody":"x"},)"
                                   R"({"Id":"2","MessageBody":""}]})");
    EXPECT_THAT(reply, StartsWith(R"({"Successful":[{"Id":"1","MessageId":")"));
    EXPECT_THAT(reply,
                HasSubstr(R"("Failed":[{"Id":"2","SenderFault":true,"Code":"MissingParameter")"));
    EXPECT_THAT(body_of("SendMessageBatch", "{" + url + R"(,"Entries":[]})"),
                HasSubstr("EmptyBatchRequest"));
    EXPECT_THAT(body_of("DeleteMessageBatch",
                        "{" + url +
                            R"(,"Entries":[{"Id":"1","ReceiptHandle":"a"},)"
                            R"({"Id":"1","ReceiptHandle":"b"}]})"),
                HasSubstr("BatchEntryIdsNotDistinct"));
}

TEST_F(Router, DeadLettersWhatIsReceivedTooOftenAndMovesItBack) {
    (void)start_task(0);
    const std::string s = R"("QueueUrl":"https://127.0.0.1:4566/100000000001/s")";
    const std::string d = R"("QueueUrl":"https://127.0.0.1:4566/100000000001/d")";
    (void)body_of("SendMessage", "{" + s + R"(,"MessageBody":"m"})", now + 1s);
    const auto receive = "{" + s + R"(,"VisibilityTimeout":0})";
    EXPECT_THAT(body_of("ReceiveMessage", receive, now + 1s), HasSubstr(R"("Body":"m")"));
    EXPECT_EQ(body_of("ReceiveMessage", receive, now + 1s), "{}");
    EXPECT_THAT(body_of("ReceiveMessage",
                        "{" + d + R"(,"VisibilityTimeout":0,"AttributeNames":["All"]})",
                        now + 1s),
                HasSubstr(R"("DeadLetterQueueSourceArn":"arn:aws:sqs:us-east-1:100000000001:s")"));
    (void)body_of("StartMessageMoveTask",
                  R"({"SourceArn":"arn:aws:sqs:us-east-1:100000000001:d"})",
                  now + 2s);
    EXPECT_THAT(body_of("ReceiveMessage", receive, now + 3s), HasSubstr(R"("Body":"m")"));
}

TEST_F(Router, LetsALongPollWaitForAMessage) {
    (void)body_of("CreateQueue", R"({"QueueName":"q"})");
    const std::string url = R"("QueueUrl":"https://127.0.0.1:4566/100000000001/q")";
    request_terms terms;
    terms.at = now;
    const auto bytes = sqs_request("ReceiveMessage", "{" + url + R"(,"WaitTimeSeconds":2})", terms);
    wire::request_parser parser;
    parser.feed(bytes);
    std::string out;
    auto how = route.answer(parser.request(), 1, now, out);
    EXPECT_EQ(out, "");
    EXPECT_EQ(how.wait_until, now + 2s);
    (void)body_of("SendMessage", "{" + url + R"(,"MessageBody":"late"})", now + 1s);
    route.ask_again(parser.request(), how, now, now + 1s, out);
    EXPECT_FALSE(how.wait_until);
    EXPECT_THAT(out, HasSubstr(R"("Body":"late")"));
    out.clear();
    route.ask_again(parser.request(), how, now, now + 2s, out);
    EXPECT_THAT(out, HasSubstr("\r\n\r\n{}"));
}

TEST_F(Router, DoesNotKnowOtherOperations) {
    const auto result = ask("TagQueue");
    EXPECT_EQ(result.reply.status, 404u);
    EXPECT_THAT(result.reply.body, HasSubstr("UnknownOperationException"));
}

} // namespace
} // namespace redrive::sim
