#pragma once

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "support/arrival_schedule.hpp"
#include "support/client_options.hpp"

namespace redrive::bench {

// What a load is to be.
struct load_options : client_options {
    enum class operation : std::uint8_t { cancel, list };

    double rate = 0;           // calls per second, whatever becomes of them; 0: by callers
    std::size_t in_flight = 0; // callers, each of which waits for its call; 0: by rate
    bool is_poisson = false;
    double expected_interval_ms = 0; // of a caller; 0: nothing is corrected
    double duration = 10, warmup = 1;
    std::uint32_t attempts = 1; // so that retries do not hide what the server does
    operation what = operation::cancel;
    std::uint64_t seed = 1;
    std::string percentile_file;
    bool allows_aws = false;

    load_options() {
        depth = 16;
        connections = 4;
    }

    void add_to(CLI::App& app) {
        client_options::add_to(app);
        auto* load = app.add_option_group("Load", "one of them");
        auto* by_rate = load->add_option("--rate", rate, "Calls per second, answered or not")
                            ->check(CLI::Range(0.001, 1e6));
        auto* by_callers = load->add_option("--in-flight",
                                            in_flight,
                                            "Callers that each begin a call when their last ends")
                               ->check(CLI::Range(1, 100'000));
        load->require_option(1);
        app.add_flag("--poisson", is_poisson, "Arrivals as of independent callers, not even")
            ->needs(by_rate);
        app.add_option("--seed", seed, "Of such arrivals")->capture_default_str();
        app.add_option("--expected-interval",
                       expected_interval_ms,
                       "Milliseconds between the calls that each caller should begin")
            ->check(CLI::PositiveNumber)
            ->needs(by_callers);
        app.add_option("--duration", duration, "Seconds that count")
            ->check(CLI::Range(0.01, 86'400.0))
            ->capture_default_str();
        app.add_option("--warmup", warmup, "Seconds before them")
            ->check(CLI::Range(0.0, 3'600.0))
            ->capture_default_str();
        app.add_option("--attempts", attempts, "Requests per call, the first included")
            ->check(CLI::Range(1, 100))
            ->capture_default_str();
        app.add_option("--operation", what, "What is called: cancel or list")
            ->transform(CLI::CheckedTransformer(names()))
            ->default_str("cancel");
        app.add_option("--hgrm", percentile_file, "For the distribution, as HdrHistogram plots it");
        app.add_flag("--allow-aws", allows_aws, "Also against AWS itself");
    }

    static std::map<std::string, operation> names() {
        return {{"cancel", operation::cancel}, {"list", operation::list}};
    }
    [[nodiscard]] bool is_open() const noexcept { return in_flight == 0; }

    [[nodiscard]] client_config config() const {
        auto out = client_options::config();
        out.max_attempts = attempts;
        return out;
    }
    [[nodiscard]] arrival_schedule schedule() const {
        using spacing = arrival_schedule::spacing;
        return {rate, is_poisson ? spacing::poisson : spacing::even, seed};
    }
    // bench_null_server numbers the requests of a connection; a connection is replaced when it is
    // old.
    [[nodiscard]] bool has_numbered_answers() const {
        const std::chrono::duration<double> life = config().transport.max_age;
        return !url.empty() && what == operation::cancel && connections == 1 &&
               warmup + duration < life.count();
    }
};

} // namespace redrive::bench
