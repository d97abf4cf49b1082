#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "redrive/endpoint_metrics.hpp"
#include "support/load_generator.hpp"
#include "wire/json_writer.hpp"

namespace redrive::bench {

// A load and what became of it as one JSON object. Calls of the warm-up are in `connections` only.
// Latencies are those of all calls, whatever their outcome; `replied` and the achieved rate are of
// calls that the service answered, be it with an error.
class load_report {
  public:
    load_report(const load_options& how, const load_generator& load, std::string endpoint)
        : how_{how}, load_{load}, tally_{load.tally()}, endpoint_{std::move(endpoint)} {}

    [[nodiscard]] std::string json() {
        object([&] {
            text("bench", "load");
            object("settings", [&] { settings(); });
            boolean("interrupted", load_.was_interrupted());
            number("seconds", tally_.seconds());
            object("calls", [&] { calls(); });
            integer("throttles", load_.throttled());
            integer("retries", tally_.retries);
            integer("resends", tally_.resent);
            object("connections", [&] { connections(); });
            object("rate", [&] { rate(); });
            object("schedule", [&] { schedule(); });
            const auto used = load_.used();
            number("cpu_us", ratio(used.cpu_seconds * 1e6, static_cast<double>(tally_.ended)));
            integer("peak_kib", static_cast<std::uint64_t>(used.peak_kib));
            object("latency_ms", [&] {
                object("corrected", [&] { latency(tally_.corrected); });
                object("uncorrected", [&] { latency(tally_.uncorrected); });
            });
        });
        return std::move(text_);
    }

  private:
    void settings() {
        text("mode", how_.is_open() ? "open" : "closed");
        if (how_.is_open()) {
            number("rate", how_.rate);
            text("arrivals", how_.is_poisson ? "poisson" : "even");
            if (how_.is_poisson) integer("seed", how_.seed);
        } else {
            integer("in_flight", how_.in_flight);
            number("expected_interval_ms", how_.expected_interval_ms);
        }
        text("operation", how_.what == load_options::operation::list ? "list" : "cancel");
        number("duration_s", how_.duration);
        number("warmup_s", how_.warmup);
        integer("connections", how_.connections);
        integer("depth", how_.depth);
        integer("attempts", how_.attempts);
        text("endpoint", endpoint_);
    }
    void calls() {
        integer("begun", tally_.begun);
        integer("ended", tally_.ended);
        integer("replied", tally_.replied);
        integer("mismatched", tally_.mismatched);
        integer("warmup", load_.warmup_calls());
        object("outcomes", [&] {
            if (tally_.answered > 0) integer("answered", tally_.answered);
            for (const auto& [name, count] : tally_.failures)
                integer(name, count);
        });
    }
    void connections() {
        endpoint_metrics all;
        for (const auto& each : load_.through().endpoints()) {
            all.opened += each.opened;
            all.open_failures += each.open_failures;
            all.lost += each.lost;
            all.handshakes += each.handshakes;
            all.resumed += each.resumed;
        }
        integer("opened", all.opened);
        integer("open_failures", all.open_failures);
        integer("lost", all.lost);
        integer("handshakes", all.handshakes);
        integer("resumed", all.resumed);
    }
    void rate() {
        const auto due = static_cast<double>(tally_.begun + tally_.missed);
        number("offered", how_.is_open() ? ratio(due, load_.window_seconds()) : 0);
        number("achieved",
               ratio(static_cast<double>(tally_.replied),
                     std::max(tally_.seconds(), load_.window_seconds())));
        json_.key("per_second");
        json_.begin_array();
        for (const auto count : tally_.per_second)
            json_.integer(static_cast<std::int64_t>(count));
        json_.end_array();
    }
    void schedule() {
        const std::chrono::duration<double, std::milli> after = load_tally::late_after,
                                                        worst = tally_.max_lateness;
        integer("late_starts", tally_.late_starts);
        number("late_after_ms", after.count());
        number("max_lateness_ms", worst.count());
        integer("missed_starts", tally_.missed);
        boolean("fell_behind", tally_.fell_behind());
    }
    void latency(const value_histogram& of) {
        const auto in_ms = [](std::uint64_t ns) { return static_cast<double>(ns) / 1e6; };
        integer("count", of.count());
        number("min", in_ms(of.min()));
        number("mean", of.mean_and_deviation().mean / 1e6);
        constexpr std::pair<const char*, double> percentiles[] = {
            {"p50", 50}, {"p90", 90}, {"p99", 99}, {"p99.9", 99.9}, {"p99.99", 99.99}};
        for (const auto& [name, percent] : percentiles)
            number(name, in_ms(of.at(percent).value));
        number("max", in_ms(of.max()));
    }

    static double ratio(double a, double b) { return b > 0 ? a / b : 0; }

    template <class Members>
    void object(Members members) {
        json_.begin_object();
        members();
        json_.end_object();
    }
    template <class Members>
    void object(std::string_view key, Members members) {
        json_.key(key);
        object(members);
    }
    void text(std::string_view key, std::string_view value) {
        json_.key(key);
        json_.text(value);
    }
    void integer(std::string_view key, std::uint64_t value) {
        json_.key(key);
        json_.integer(static_cast<std::int64_t>(value));
    }
    void number(std::string_view key, double value) {
        json_.key(key);
        json_.number(std::round(value * 1e4) / 1e4);
    }
    void boolean(std::string_view key, bool value) {
        json_.key(key);
        json_.boolean(value);
    }

    const load_options& how_;
    const load_generator& load_;
    const load_tally& tally_;
    std::string endpoint_;
    std::string text_;
    wire::json_writer json_{text_};
};

} // namespace redrive::bench
