// Minutes of faults, throttling, cancellations, deadlines and restarts of the service: does every
// call end once and as the service says, and do memory, descriptors and latency stay flat?
//   bench_soak --simulator build/release/bin/redrive-sim --minutes 3 --seed 7
// Prints a JSON summary; exits 1 on a disagreement or on growth.

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/core.h>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "redrive/client.hpp"
#include "sim/authenticate.hpp"
#include "sim/fleet_plan.hpp"
#include "sim/regions.hpp"
#include "support/simulator_process.hpp"
#include "support/soak_round.hpp"

namespace {

using namespace std::chrono_literals;
using namespace redrive;
using namespace redrive::bench;
using clock = std::chrono::steady_clock;

constexpr std::size_t calls_of_a_round = 300;
constexpr std::size_t in_flight = 64;
constexpr int rounds_of_a_client = 8;
constexpr auto longest_round = 60s;

const char* const faults[] = {"throttle",
                              "error:InternalError:500",
                              "error:ServiceUnavailable:503",
                              "delay:20",
                              "close",
                              "reset",
                              "half",
                              "drip:0",
                              "garbage",
                              "stale:1",
                              "close-after:5",
                              "drop-pipeline",
                              "date:600",
                              "tls-fail",
                              "html:502"};

// Taken when nothing is in flight.
struct sample {
    double resident_mib = 0, latency_ms = 0;
    std::size_t descriptors = 0;
};

double resident_mib() {
    std::size_t total = 0, resident = 0;
    std::ifstream{"/proc/self/statm"} >> total >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

std::size_t open_descriptors() {
    const std::filesystem::directory_iterator all{"/proc/self/fd"};
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

// Of the samples between two shares of the run.
template <class Number>
Number median(const std::vector<sample>& of, Number sample::*what, double from, double to) {
    const auto size = static_cast<double>(of.size());
    std::vector<Number> values;
    for (auto i = static_cast<std::size_t>(from * size); i < static_cast<std::size_t>(to * size);
         ++i)
        values.push_back(of[i].*what);
    if (values.empty()) return {};
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

class soak {
  public:
    soak(const std::string& simulator, std::uint64_t seed)
        : random_{seed}, service_{simulator,
                                  {"--seed",
                                   std::to_string(seed),
                                   "--fleet",
                                   "queues=100,running=100,backlog=100000000"}} {}

    void run(clock::duration length) {
        const auto end = clock::now() + length;
        for (int round = 0; clock::now() < end && !stuck_; ++round) {
            const bool first = round % rounds_of_a_client == 0;
            if (first) change_client();
            // To forget what waits behind a request is a habit: a server does not take it up later.
            run_round(first && below(3) == 0 ? "do=no-pipelining\n" : some_rules());
            samples_.push_back(measure());
        }
        client_.reset();
        context_.restart();
        context_.poll();
    }

    // Whether all was well.
    bool report(std::uint64_t seed) const {
        const auto memory = growth(&sample::resident_mib);
        const auto latency = growth(&sample::latency_ms);
        const auto descriptors = growth(&sample::descriptors);
        const bool flat = memory.second <= memory.first + 4 &&
                          latency.second <= 3 * latency.first + 2 &&
                          descriptors.second <= descriptors.first + 4;
        fmt::print("{{\"seed\":{},\"rounds\":{},\"restarts\":{},\"calls\":{},\"resent\":{},"
                   "\"disagreements\":{},\"stuck\":{},\"flat\":{},\"resident_mib\":[{:.1f},{:.1f}],"
                   "\"latency_ms\":[{:.2f},{:.2f}],\"descriptors\":[{},{}],\"outcomes\":{{",
                   seed,
                   samples_.size(),
                   restarts_,
                   tally_.calls,
                   tally_.resent,
                   tally_.disagreements,
                   stuck_,
                   flat,
                   memory.first,
                   memory.second,
                   latency.first,
                   latency.second,
                   descriptors.first,
                   descriptors.second);
        const char* comma = "";
        for (const auto& [what, count] : tally_.outcomes)
            fmt::print("{}\"{}\":{}", std::exchange(comma, ","), what, count);
        fmt::print("}}}}\n");
        if (tally_.disagreements != 0)
            fmt::print(stderr, "the first disagreement: {}\n", tally_.first_disagreement);
        return flat && !stuck_ && tally_.disagreements == 0;
    }

  private:
    // Early in the run, when everything is warm, and at its end.
    template <class Number>
    [[nodiscard]] std::pair<Number, Number> growth(Number sample::*what) const {
        return {median(samples_, what, 0.2, 0.4), median(samples_, what, 0.8, 1.0)};
    }

    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

    // Idle connections go with the old one.
    void change_client() {
        constexpr pipelining modes[] = {pipelining::off, pipelining::learnt, pipelining::fixed};
        const auto account = sim::fleet_account(0);
        client_config config;
        config.region = sim::fleet_regions()[0];
        config.identity = credentials{sim::access_key_of(account),
                                      secret_text{sim::secret_key_of(account)},
                                      secret_text{},
                                      account};
        config.endpoint_url = service_.url();
        config.ca_bundle = service_.ca_file();
        config.transport.pipelining = modes[below(std::size(modes))];
        config.transport.read_timeout = 1s;
        client_.emplace(context_.get_executor(), std::move(config));
    }

    [[nodiscard]] std::string some_rules() {
        std::string rules;
        for (std::size_t i = 1 + below(3); i > 0; --i)
            rules += "p=0.0" + std::to_string(1 + below(9)) +
                     ",do=" + faults[below(std::size(faults))] + "\n";
        return rules;
    }

    void run_round(const std::string& rules) {
        service_.control("POST", "/_sim/reset");
        service_.control("POST", "/_sim/faults", rules);
        const auto before = soak_truth::parse(service_.control("GET", "/_sim/state"));
        soak_round round{*client_, before, random_, calls_of_a_round};
        round.begin(in_flight);
        const bool restarts = below(6) == 0;
        if (restarts) {
            run_until(clock::now() + std::chrono::milliseconds{below(100)}, round);
            service_.restart();
            ++restarts_;
        }
        run_until(clock::now() + longest_round, round);
        stuck_ = !round.done();
        service_.control("POST", "/_sim/faults");
        const auto after = soak_truth::parse(service_.control("GET", "/_sim/state"));
        if (round.judge(after, !restarts, tally_)) fmt::print(stderr, "under\n{}", rules);
        if (stuck_) client_.reset(); // which ends what still is in flight
        context_.restart();
        context_.poll();
    }

    void run_until(clock::time_point limit, const soak_round& round) {
        context_.restart();
        while (!round.done() && clock::now() < limit)
            context_.run_one_for(10ms);
    }

    // Without faults, one call at a time.
    [[nodiscard]] sample measure() {
        if (!client_) return {};
        std::vector<sample> looks;
        for (int i = 0; i < 20; ++i) {
            const auto start = clock::now();
            bool done = false;
            client_->async_list_queues({}, [&](error_code, list_queues_result) { done = true; });
            context_.restart();
            while (!done)
                context_.run_one();
            const std::chrono::duration<double, std::milli> took = clock::now() - start;
            looks.push_back({0, took.count(), 0});
        }
        return {resident_mib(), median(looks, &sample::latency_ms, 0, 1), open_descriptors()};
    }

    std::mt19937_64 random_;
    simulator_process service_;
    boost::asio::io_context context_{1};
    std::optional<client> client_;
    std::vector<sample> samples_;
    soak_tally tally_;
    int restarts_ = 0;
    bool stuck_ = false;
};

} // namespace

int main(int argc, char** argv) {
    CLI::App app{"Faults, restarts and cancellations for minutes, checked against the service."};
    std::string simulator;
    double minutes = 1;
    std::uint64_t seed = std::random_device{}();
    app.add_option("--simulator", simulator, "The redrive-sim to run")->required();
    app.add_option("--minutes", minutes, "How long")->check(CLI::PositiveNumber);
    app.add_option("--seed", seed, "Of everything random");
    CLI11_PARSE(app, argc, argv);
    try {
        soak subject{simulator, seed};
        subject.run(std::chrono::duration_cast<clock::duration>(
            std::chrono::duration<double>{minutes * 60}));
        return subject.report(seed) ? 0 : 1;
    } catch (const std::exception& why) {
        std::cerr << "bench_soak: " << why.what() << '\n';
        return 1;
    }
}
