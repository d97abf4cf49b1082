#pragma once

#include <boost/asio/error.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/error_name.hpp"
#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"
#include "support/value_histogram.hpp"

namespace redrive::bench {

// What became of the calls that count, and how long they took.
class load_tally {
  public:
    using clock = std::chrono::steady_clock;

    // Of one call: when it was to begin, and when it did.
    struct call_times {
        clock::time_point intended, begun;
    };

    static constexpr std::chrono::milliseconds late_after{1};

    // From when on calls count, and how long a caller takes between two (zero: not known).
    void start(clock::time_point from, clock::duration expected_interval) {
        from_ = from;
        interval_ = nanoseconds(expected_interval);
    }

    [[nodiscard]] bool counts(const call_times& call) const { return call.intended >= from_; }

    void add_begun(const call_times& call) {
        ++begun;
        const auto lateness = call.begun - call.intended;
        if (lateness > late_after) ++late_starts;
        max_lateness = std::max(max_lateness, lateness);
    }
    void add_missed(clock::time_point intended) {
        if (intended >= from_) ++missed;
    }
    void add_ended(const call_times& call,
                   clock::time_point now,
                   error_code ec,
                   const diagnostics& info) {
        ++ended;
        if (ec)
            ++failures[name_of(ec, info)];
        else
            ++answered;
        retries += info.attempts > 1 ? info.attempts - 1 : 0;
        resent += info.resent;
        corrected.add_with_omitted(nanoseconds(now - call.intended), interval_);
        uncorrected.add(nanoseconds(now - call.begun));
        last_end_ = now;
        if (ec && ec.category() != service_category()) return;
        ++replied;
        const auto second = static_cast<std::size_t>((now - from_) / std::chrono::seconds{1});
        if (per_second.size() <= second) per_second.resize(second + 1);
        ++per_second[second];
    }
    // The service's answer belongs to another call.
    void add_mismatch(std::string what) {
        if (mismatched++ == 0) first_mismatch = std::move(what);
    }

    // Every call ended once, and none with another's answer.
    [[nodiscard]] bool adds_up() const {
        auto all = answered;
        for (const auto& [name, count] : failures)
            all += count;
        return begun == ended && ended == all && uncorrected.count() == ended && mismatched == 0;
    }
    // Until the last of them ended.
    [[nodiscard]] double seconds() const {
        const std::chrono::duration<double> all = last_end_ - from_;
        return ended == 0 ? 0 : all.count();
    }
    // Starts that were late, or never came, were more than one in a hundred.
    [[nodiscard]] bool fell_behind() const { return (late_starts + missed) * 100 > begun; }

    std::uint64_t begun = 0, ended = 0;
    std::uint64_t answered = 0, replied = 0; // without an error; or with one of the service's
    std::uint64_t mismatched = 0, retries = 0, resent = 0;
    std::map<std::string, std::uint64_t> failures; // by the error's name
    std::string first_mismatch;
    value_histogram corrected, uncorrected; // nanoseconds from `intended`, from `begun`
    std::vector<std::uint64_t> per_second;  // replied
    std::uint64_t late_starts = 0;
    std::uint64_t missed = 0; // that were to begin and never did
    clock::duration max_lateness{};

  private:
    static std::uint64_t nanoseconds(clock::duration span) {
        return static_cast<std::uint64_t>(std::max<std::chrono::nanoseconds::rep>(
            0, std::chrono::duration_cast<std::chrono::nanoseconds>(span).count()));
    }

    // What it means rather than how the service says it, unless that is all that is known.
    static std::string name_of(error_code ec, const diagnostics& info) {
        const bool is_vague = ec == service_errc::unrecognised || ec == service_errc::internal;
        return cli::name_of(ec, is_vague ? info : diagnostics{});
    }

    clock::time_point from_, last_end_;
    std::uint64_t interval_ = 0;
};

} // namespace redrive::bench
