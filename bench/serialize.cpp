// What the JSON bodies of requests cost.
#include <benchmark/benchmark.h>

#include <string>

#include "support/numbered_handle.hpp"
#include "wire/request_body.hpp"

namespace {

using namespace redrive;

template <class Input>
void body_of(benchmark::State& state, const Input& input, std::size_t shortest) {
    std::string out;
    for (auto _ : state) {
        out.clear();
        wire::append_body(out, input);
        benchmark::DoNotOptimize(out.data());
    }
    if (out.size() < shortest || !out.ends_with('}')) state.SkipWithError("not the whole body");
    state.SetBytesProcessed(static_cast<std::int64_t>(out.size()) *
                            static_cast<std::int64_t>(state.iterations()));
}

const auto* const arn = "arn:aws:sqs:us-east-1:100000000001:orders-dlq";

void cancel_body(benchmark::State& state) {
    const auto handle = bench::numbered_handle(1);
    body_of(state, wire::cancel_input{handle}, handle.size());
}
BENCHMARK(cancel_body);

void list_tasks_body(benchmark::State& state) {
    body_of(state, wire::list_tasks_input{arn, 10}, 45);
}
BENCHMARK(list_tasks_body);

void start_body(benchmark::State& state) {
    body_of(state, wire::start_input{arn, arn, 500}, 90);
}
BENCHMARK(start_body);

// Every byte needs an escape.
void escaped_body(benchmark::State& state) {
    const std::string quotes(256, '"');
    body_of(state, wire::cancel_input{quotes}, 2 * quotes.size());
}
BENCHMARK(escaped_body);

} // namespace
