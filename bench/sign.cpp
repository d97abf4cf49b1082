// What a signed request costs by itself, and its parts.
#include <benchmark/benchmark.h>

#include <string>

#include "support/sample_requests.hpp"
#include "wire/digest.hpp"
#include "wire/sigv4.hpp"

namespace {

using namespace redrive;
using namespace redrive::bench;
using std::chrono::seconds;

constexpr wire::wall_time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} +
                               std::chrono::hours{12}};

// Requests of which so many share their second.
void signed_request(benchmark::State& state) {
    wire::request_writer writer{sample_context(), sample_identity()};
    const auto body = cancel_body();
    std::string out;
    const auto in_a_second = static_cast<std::size_t>(state.range(0));
    std::size_t written = 0;
    wire::attempt_stamp stamp{.signing_time = noon,
                              .invocation_id = "01234567-89ab-4cde-8f01-23456789abcd"};
    for (auto _ : state) {
        out.clear();
        stamp.signing_time = noon + seconds{written++ / in_a_second % 3600};
        writer.append(out, wire::operation::cancel_message_move_task, body, stamp);
        benchmark::DoNotOptimize(out.data());
    }
    if (out.find(", Signature=") == std::string::npos || !out.ends_with(body))
        state.SkipWithError("not a signed request");
}
BENCHMARK(signed_request)->Arg(1)->Arg(64)->Arg(10'000);

// The same by the general signer, for any request.
void signed_by_the_general_form(benchmark::State& state) {
    const auto body = cancel_body();
    const wire::http_headers headers{{"Host", "sqs.us-east-1.amazonaws.com"},
                                     {"Content-Type", "application/x-amz-json-1.0"},
                                     {"X-Amz-Target", "AmazonSQS.CancelMessageMoveTask"}};
    const auto identity = sample_identity();
    for (auto _ : state) {
        const auto done =
            wire::sign({.method = "POST", .uri = "/", .headers = &headers, .body = body},
                       {.region = "us-east-1", .service = "sqs", .at = noon},
                       identity);
        if (done.signature.size() != 64) state.SkipWithError("not a signature");
    }
}
BENCHMARK(signed_by_the_general_form);

void signing_key(benchmark::State& state) {
    const auto identity = sample_identity();
    for (auto _ : state)
        benchmark::DoNotOptimize(
            wire::derive_signing_key(identity.secret_access_key, "20260102", "us-east-1", "sqs"));
}
BENCHMARK(signing_key);

void digest(benchmark::State& state) {
    const std::string text(static_cast<std::size_t>(state.range(0)), 'x');
    for (auto _ : state)
        benchmark::DoNotOptimize(wire::sha256(text));
}
BENCHMARK(digest)->Arg(55)->Arg(300)->Arg(1024);

void message_code(benchmark::State& state) {
    const wire::hmac_sha256_key key{"a key made ready"};
    const std::string text(static_cast<std::size_t>(state.range(0)), 'x');
    for (auto _ : state)
        benchmark::DoNotOptimize(key.sign(text));
}
BENCHMARK(message_code)->Arg(140);

} // namespace
