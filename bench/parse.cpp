// What replies cost to read: HTTP framing, and the JSON of each kind.
#include <benchmark/benchmark.h>

#include <string>

#include "support/numbered_handle.hpp"
#include "wire/error_reply.hpp"
#include "wire/http_parser.hpp"
#include "wire/json_reader.hpp"
#include "wire/reply_body.hpp"

namespace {

using namespace redrive;
using namespace redrive::wire;

const std::string cancel_reply = "HTTP/1.1 200 OK\r\n"
                                 "x-amzn-RequestId: 4a1b8c2d-1a2b-5e6f-9c0d-0123456789ab\r\n"
                                 "Date: Fri, 02 Jan 2026 12:00:00 GMT\r\n"
                                 "Content-Type: application/x-amz-json-1.0\r\n"
                                 "Content-Length: 44\r\n"
                                 "connection: keep-alive\r\n\r\n"
                                 "{\"ApproximateNumberOfMessagesMoved\":1000000}";

// A stream of replies that arrives in pieces of so many bytes.
void framing(benchmark::State& state) {
    std::string stream;
    for (int i = 0; i < 64; ++i)
        stream += cancel_reply;
    const auto piece = static_cast<std::size_t>(state.range(0));
    reply_parser parser;
    std::int64_t replies = 0;
    for (auto _ : state) {
        for (std::string_view rest{stream}; !rest.empty();) {
            rest.remove_prefix(parser.feed(rest.substr(0, piece)));
            if (!parser.done()) continue;
            ++replies;
            parser.next();
        }
    }
    if (replies != 64 * static_cast<std::int64_t>(state.iterations()))
        state.SkipWithError("another number of replies");
    state.SetItemsProcessed(replies);
}
BENCHMARK(framing)->Arg(16'384)->Arg(1400)->Arg(64);

// A body as a connection keeps it, with room behind it.
template <class Output>
void body_into(benchmark::State& state, std::string body) {
    body.reserve(body.size() + json_reader::padding);
    json_reader reader;
    for (auto _ : state) {
        Output out;
        if (!read_body(reader.parse(body, body.capacity()), out))
            state.SkipWithError("not understood");
        benchmark::DoNotOptimize(out);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(body.size()) *
                            static_cast<std::int64_t>(state.iterations()));
}

void cancel_body(benchmark::State& state) {
    body_into<cancel_output>(state, R"({"ApproximateNumberOfMessagesMoved":1000000})");
}
BENCHMARK(cancel_body);

void list_tasks_body(benchmark::State& state) {
    std::string body = R"({"Results":[)";
    for (std::int64_t i = 0; i < state.range(0); ++i) {
        if (i > 0) body += ',';
        body +=
            R"({"TaskHandle":")" + bench::numbered_handle(7) +
            R"(","Status":"RUNNING","SourceArn":"arn:aws:sqs:us-east-1:100000000001:orders-dlq",)"
            R"("MaxNumberOfMessagesPerSecond":50,"ApproximateNumberOfMessagesMoved":10,)"
            R"("ApproximateNumberOfMessagesToMove":1000,"StartedTimestamp":1442428276921})";
    }
    body_into<list_tasks_output>(state, body + "]}");
}
BENCHMARK(list_tasks_body)->Arg(1)->Arg(10);

void list_queues_body(benchmark::State& state) {
    std::string body = R"({"QueueUrls":[)";
    for (std::int64_t i = 0; i < state.range(0); ++i)
        body += std::string{i > 0 ? "," : ""} +
                R"("https://sqs.us-east-1.amazonaws.com/100000000001/orders-)" + std::to_string(i) +
                R"(-dlq")";
    body_into<list_queues_output>(state, body + "]}");
}
BENCHMARK(list_queues_body)->Arg(1000);

void error_reply(benchmark::State& state) {
    const http_headers headers{
        {"x-amzn-RequestId", "4a1b8c2d-1a2b-5e6f-9c0d-0123456789ab"},
        {"x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender"}};
    const std::string body = R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist",)"
                             R"("message":"The specified queue does not exist."})";
    json_reader reader;
    for (auto _ : state)
        if (!read_error(400, "Bad Request", headers, body, reader).is("QueueDoesNotExist"))
            state.SkipWithError("not understood");
}
BENCHMARK(error_reply);

} // namespace
