#pragma once

#include <CLI/CLI.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

#include "support/client_options.hpp"

namespace redrive::bench {

// What the programs that cancel through redrive::client are told, and how they begin.
struct cancel_run : client_options {
    std::size_t count = 100'000; // of each client
    std::size_t clients = 1;     // threads, each with an io_context and a client of its own

    void add_to(CLI::App& app) {
        client_options::add_to(app);
        app.add_option("--count", count, "Cancels of each client")->check(CLI::PositiveNumber);
        app.add_option("--clients", clients, "Threads with an io_context and a client each")
            ->check(CLI::Range(1, 64));
    }
};

// Counts what came back, and matches it: bench_null_server numbers the requests of a connection, so
// that over one connection the n-th cancel must be told 1000000 + n.
class answer_check {
  public:
    explicit answer_check(const cancel_run& run) noexcept
        : numbered_{!run.url.empty() && run.connections == 1} {}

    void add(std::size_t n, error_code ec, const cancel_result& result) {
        constexpr std::int64_t first = 1'000'000, numbers = 9'000'000;
        if (ec == service_errc::task_not_active && !numbered_) {
            ++not_active;
        } else if (ec) {
            fail(ec.message() + ": " + result.info.message);
        } else if (numbered_ && result.moved != first + static_cast<std::int64_t>(n) % numbers) {
            fail("answer " + std::to_string(result.moved) + " to cancel " + std::to_string(n));
        } else {
            ++ordered;
        }
    }
    void add(const answer_check& other) {
        ordered += other.ordered;
        not_active += other.not_active;
        failed += other.failed;
        if (first_failure.empty()) first_failure = other.first_failure;
    }
    [[nodiscard]] std::size_t all() const noexcept { return ordered + not_active + failed; }

    std::size_t ordered = 0, not_active = 0, failed = 0;
    std::string first_failure;

  private:
    void fail(std::string why) {
        if (failed++ == 0) first_failure = std::move(why);
    }

    bool numbered_;
};

} // namespace redrive::bench
