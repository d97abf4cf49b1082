#pragma once

#include <CLI/CLI.hpp>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "redrive/client.hpp"
#include "support/numbered_handle.hpp"

namespace redrive::bench {

// What the programs that cancel through redrive::client are told, and how they begin.
struct cancel_run {
    std::string url, ca, handles_file;
    std::size_t count = 100'000, depth = 64, connections = 1;

    void add_to(CLI::App& app) {
        app.add_option("--url", url, "Of bench_null_server; else as for every AWS tool");
        app.add_option("--ca", ca, "Its CA")->needs("--url");
        app.add_option("--handles", handles_file, "Handles of another server, one a line")
            ->excludes("--url");
        app.add_option("--count", count, "Cancels")->check(CLI::PositiveNumber);
        app.add_option("--depth", depth, "Requests in flight on a connection")
            ->check(CLI::PositiveNumber);
        app.add_option("--connections", connections, "Connections")->check(CLI::PositiveNumber);
    }

    [[nodiscard]] client_config config() const {
        client_config out;
        if (!url.empty()) {
            out.region = "us-east-1";
            out.endpoint_url = url;
            out.ca_bundle = ca;
            auto& keys = out.identity.emplace();
            keys.access_key_id = "AKIAIOSFODNN7EXAMPLE";
            keys.secret_access_key = secret_text{"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
        }
        out.transport.max_connections = connections;
        out.transport.pipelining = pipelining::fixed;
        out.transport.max_depth = depth;
        return out;
    }

    // Some thousand handles, used again when there are fewer than `count`.
    [[nodiscard]] std::vector<task_handle> some_handles() const {
        std::vector<task_handle> out;
        const auto add = [&](const std::string& text) {
            if (auto handle = task_handle::from_text(text)) out.push_back(std::move(*handle));
        };
        if (handles_file.empty()) {
            for (std::uint64_t n = 0; n < 1000; ++n)
                add(numbered_handle(n));
        } else {
            std::ifstream in{handles_file};
            for (std::string line; std::getline(in, line);)
                add(line);
        }
        if (out.empty()) throw std::runtime_error{"no handles in " + handles_file};
        return out;
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
